package org.voucherledger.benchmark.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;
import org.voucherledger.api.commandline.InventedEnterprises;
import org.voucherledger.api.commandline.LocalLedger;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A list of invented enterprises with their verification, handed in to a whole program of its own. */
final class PartyList {

    private static final long LOOK_AGAIN_MILLIS = 20;

    private PartyList() {}

    /** Parties a second, from the file's first byte until every row is done, views and sealing beside it as always. */
    static double imported(Path scratch, int parties) {
        try {
            Path own = Files.createTempDirectory(Files.createDirectories(scratch), "import-");
            Path file = own.resolve("enterprises.csv");
            InventedEnterprises.write(file, parties);
            try (LocalLedger ledger = LocalLedger.startQuietly(Map.of(
                            "ledger.data", own.toString(),
                            "ledger.rehearsal", "2020-03-01T00:00:00Z",
                            // Invented papers were never uploaded.
                            "ledger.documents.required", "false"));
                    HttpClient http = HttpClient.newHttpClient()) {
                String token = new DevelopmentTokens(DevelopmentKey.of(own))
                        .sign(Actor.of("import", Role.OPERATOR), Instant.now(), Duration.ofHours(1));
                return rate(http, ledger.url(), token, file, parties);
            } finally {
                FileSystemUtils.deleteRecursively(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rate(HttpClient http, URI ledger, String token, Path file, int parties) throws IOException {
        long begun = System.nanoTime();
        JsonNode now = send(
                http,
                request(ledger, "/api/v1/imports/enterprises?fileName=enterprises.csv", token)
                        .header("Content-Type", "application/octet-stream")
                        .header("Idempotency-Key", "bench")
                        .POST(HttpRequest.BodyPublishers.ofFile(file)));
        String itself = "/api/v1/imports/" + now.get("id").asString();
        while (now.get("finishedAt").isNull()) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            now = send(http, request(ledger, itself, token).GET());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (now.get("rowsDone").asLong() != parties) {
            throw new IllegalStateException("not all were imported: " + now);
        }
        return parties / seconds;
    }

    private static HttpRequest.Builder request(URI ledger, String path, String token) {
        return HttpRequest.newBuilder(ledger.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode send(HttpClient http, HttpRequest.Builder request) throws IOException {
        try {
            return JsonMapper.shared()
                    .readTree(
                            http.send(request.build(), BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
