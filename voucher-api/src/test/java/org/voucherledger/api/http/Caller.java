package org.voucherledger.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody at the other end of the wire. */
public final class Caller {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final String token;
    private final String language;
    private final String key;
    private final String party;

    private Caller(String base, String token, String language, String key, String party) {
        this.base = base;
        this.token = token;
        this.language = language;
        this.key = key;
        this.party = party;
    }

    public static Caller anonymous(int port) {
        return new Caller("http://localhost:" + port, null, null, null, null);
    }

    public Caller as(Path dataDirectory, Actor actor) {
        String signed = new DevelopmentTokens(DevelopmentKey.of(dataDirectory))
                .sign(actor, Instant.now(), Duration.ofMinutes(5));
        return withToken(signed);
    }

    public Caller as(Path dataDirectory, Role role) {
        return as(dataDirectory, Actor.of(role.name().toLowerCase(java.util.Locale.ROOT) + "-1", role));
    }

    public Caller withToken(String other) {
        return new Caller(base, other, language, key, party);
    }

    public Caller speaking(String other) {
        return new Caller(base, token, other, key, party);
    }

    public Caller withKey(String other) {
        return new Caller(base, token, language, other, party);
    }

    public Caller onBehalfOf(String other) {
        return new Caller(base, token, language, key, other);
    }

    public Told post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    public Told get(String path) {
        return send("GET", path, null, "");
    }

    public Told send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        header(request, "Authorization", token == null ? null : "Bearer " + token);
        header(request, "Accept-Language", language);
        header(request, "Idempotency-Key", key);
        header(request, "On-Behalf-Of", party);
        header(request, "Content-Type", contentType);
        try {
            return new Told(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void header(HttpRequest.Builder request, String name, String value) {
        if (value != null) {
            request.header(name, value);
        }
    }

    /** What came back. */
    public record Told(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text(String member) {
            return json().path(member).asString("");
        }
    }
}
