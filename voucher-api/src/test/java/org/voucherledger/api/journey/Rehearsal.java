package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.voucherledger.api.commandline.LocalLedger;
import org.voucherledger.api.documents.TestPapers;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program on a port of its own, with a clock that the test sets, spoken to over HTTP only. */
final class Rehearsal implements AutoCloseable {

    /** What was answered. */
    record Reply(int status, JsonNode body) {

        String rule() {
            return body.path("rule").asString("");
        }

        long position() {
            return body.path("position").asLong(-1);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalLedger ledger;
    private final DevelopmentTokens tokens;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, byte[]> papers = new HashMap<>();
    private final Set<String> uploaded = new HashSet<>();
    private int keys;

    Rehearsal(Path data, String from) {
        ledger = LocalLedger.start(Map.of(
                "ledger.data",
                data.toString(),
                "ledger.rehearsal",
                from,
                "server.port",
                "0",
                "server.address",
                "127.0.0.1"));
        tokens = new DevelopmentTokens(DevelopmentKey.of(data));
    }

    static Actor staff(Role role) {
        return Actor.of(role.name().toLowerCase(Locale.ROOT) + "-1", role);
    }

    static Actor party(Role role, String creditCode) {
        return new Actor(role.name().toLowerCase(Locale.ROOT) + "-1", role, creditCode);
    }

    /** Sends a command under a new key. */
    Reply send(Actor who, String path, String body) {
        return send(who, path, body, "key-" + ++keys);
    }

    Reply send(Actor who, String path, String body, String key) {
        uploadPapersIn(who, body);
        return exchange(
                who,
                request(who, path)
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    Reply sendFile(Actor who, String path, String yaml) {
        return exchange(
                who,
                request(who, path)
                        .header("Idempotency-Key", "key-" + ++keys)
                        .header("Content-Type", "application/yaml")
                        .POST(BodyPublishers.ofString(yaml)));
    }

    /** Sends what must be accepted. */
    void done(Actor who, String path, String body) {
        Reply reply = send(who, path, body);
        assertThat(reply.status())
                .as("%s %s: %s", who.role(), path, reply.body())
                .isEqualTo(200);
    }

    /** Publishes the scheme of Guangzhou 2020 as it comes with the program. */
    void publishGuangzhou() throws IOException {
        try (InputStream scheme = Rehearsal.class.getResourceAsStream("/schemes/guangzhou-2020.yaml")) {
            String file = new String(scheme.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(sendFile(staff(Role.BUREAU), "/schemes", file).status()).isEqualTo(200);
        }
    }

    /** Registers the enterprise of this number and has it verified for 2020. */
    void admit(int number) {
        done(enterprise(number), "/enterprises", """
                {"enterpriseId":"%s","declaration":{"name":"示范企业%d","city":"广州市","district":"天河区",
                 "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                 "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-%d","trustLevel":1}}""".formatted(code(number), number, number));
        done(staff(Role.OPERATOR), "/enterprises/" + code(number) + "/verification", """
                {"year":2020,"declarationSignedOn":"2020-01-02","operatesProperly":true,"fitsPolicy":true,"priorityTags":[],
                 "documents":[%s,%s,%s]}""".formatted(
                        paper("LICENCE", 1), paper("TAX_CERTIFICATE", 2), paper("DECLARATION", 3)));
    }

    static Actor enterprise(int number) {
        return party(Role.ENTERPRISE, code(number));
    }

    /** The invented credit code of this number. */
    static String code(int number) {
        String first = "914401010000%05d".formatted(number);
        return first + CreditCode.checkCharacter(first);
    }

    /** GZ-45: who names a paper has uploaded it. */
    private void uploadPapersIn(Actor who, String body) {
        papers.forEach((sha256, file) -> {
            if (body.contains(sha256) && !uploaded.contains(who + sha256)) {
                uploaded.add(who + sha256);
                upload(who, "paper.pdf", file);
            }
        });
    }

    /** A paper as a command names it (GZ-45); the operator has uploaded it already, others do when they name it. */
    String paper(String kind, int number) {
        return paper(kind, TestPapers.pdf(kind + " " + number));
    }

    String paper(String kind, byte[] file) {
        JsonNode stored = upload(staff(Role.OPERATOR), kind + ".pdf", file).body();
        papers.put(stored.path("sha256").asString(), file);
        return "{\"kind\":\"%s\",\"sha256\":\"%s\",\"mediaType\":\"%s\",\"sizeBytes\":%d}"
                .formatted(
                        kind,
                        stored.path("sha256").asString(),
                        stored.path("mediaType").asString(),
                        stored.path("sizeBytes").asLong());
    }

    Reply upload(Actor who, String name, byte[] file) {
        return exchange(
                who,
                request(who, "/documents?name=" + name)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(file)));
    }

    /** A file; anything but 200 is a fault. */
    byte[] download(Actor who, String path) {
        try {
            HttpResponse<byte[]> answer = client.send(request(who, path).GET().build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " was answered " + answer.statusCode() + " "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException("no answer for " + who, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Reply put(Actor who, String path, String body) {
        return exchange(
                who,
                request(who, path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    Reply delete(Actor who, String path) {
        return exchange(who, request(who, path).DELETE());
    }

    Reply ask(Actor who, String path) {
        return exchange(who, request(who, path).GET());
    }

    Reply post(Actor who, String path) {
        return exchange(who, request(who, path).POST(BodyPublishers.noBody()));
    }

    URI url() {
        return ledger.url();
    }

    Reply at(String instant) {
        Actor system = staff(Role.SYSTEM);
        return exchange(
                system,
                request(system, "/rehearsal/clock")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"now\":\"" + instant + "\"}")));
    }

    private HttpRequest.Builder request(Actor who, String path) {
        URI uri = ledger.url().resolve("/api/v1" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
        return who == null
                ? request
                : request.header("Authorization", "Bearer " + tokens.sign(who, Instant.now(), Duration.ofMinutes(10)));
    }

    private Reply exchange(Actor who, HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new IllegalStateException("no answer for " + who, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        ledger.close();
    }
}
