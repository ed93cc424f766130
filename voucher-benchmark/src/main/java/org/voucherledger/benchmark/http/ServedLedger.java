package org.voucherledger.benchmark.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.benchmark.load.HttpConnection;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The program as it is delivered, in a process of its own: with everything that it does beside commands (views, books, sealing),
 * on the benchmark's PostgreSQL, in a database of its own there. It is a rehearsal, because the season lies in the past.
 */
final class ServedLedger implements AutoCloseable {

    private static final String DATABASE = "served";
    private static final String FOUNDED = "2020-04-01T09:00:00+08:00";
    private static final Duration VALID = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int OK = 200;

    private final ServerProcess server;
    private final URI url;
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = JsonMapper.builder().build();

    private ServedLedger(ServerProcess server, Path data) {
        this.server = server;
        this.url = URI.create("http://127.0.0.1:" + server.address().getPort());
        var signing = new DevelopmentTokens(DevelopmentKey.of(data));
        for (Role role : List.of(Role.BUREAU, Role.OPERATOR, Role.ENTERPRISE, Role.PROVIDER, Role.SYSTEM)) {
            // One account a role, as a platform has it; the party stands with each command.
            String party = role == Role.ENTERPRISE || role == Role.PROVIDER ? "*" : "";
            tokens.put(role, signing.sign(new Actor("platform-" + role, role, party), Instant.now(), VALID));
        }
    }

    /** Starts it beside this ledger, with the parties of the city in it. */
    static ServedLedger beside(BenchLedger ledger, City city) {
        ledger.asOwner("create database " + DATABASE);
        ledger.asOwner("grant connect, create, temporary on database " + DATABASE + " to "
                + ledger.pool().getUsername());
        Path data = ledger.directory().resolve(DATABASE);
        String database = ledger.pool().getJdbcUrl().replaceFirst("/[^/]+$", "/" + DATABASE);
        var process = ServerProcess.start(
                VoucherLedger.class,
                List.of(
                        "serve",
                        "--port",
                        "{port}",
                        "--data",
                        data.toString(),
                        "--database-url",
                        database,
                        "--rehearsal",
                        FOUNDED),
                Map.of(
                        "SPRING_DATASOURCE_USERNAME",
                        ledger.pool().getUsername(),
                        "SPRING_DATASOURCE_PASSWORD",
                        ledger.pool().getPassword(),
                        "SPRING_FLYWAY_USER",
                        ledger.owner().user(),
                        "SPRING_FLYWAY_PASSWORD",
                        ledger.owner().password(),
                        // The papers of the parties are invented; an application names none.
                        "LEDGER_DOCUMENTS_REQUIRED",
                        "false"),
                ledger.directory().resolve(DATABASE + ".log"));
        var served = new ServedLedger(process, data);
        served.found(city);
        return served;
    }

    InetSocketAddress address() {
        return server.address();
    }

    private void found(City city) {
        exchange(request(Role.BUREAU, "/schemes")
                .header("Content-Type", "application/yaml")
                .header("Idempotency-Key", "scheme")
                .POST(BodyPublishers.ofString(city.schemeFile()))
                .build());
        city.founding().stream().skip(1).forEach(this::does);
    }

    /** Windows are open from now on. */
    void openWindows(Instant at) {
        exchange(request(Role.SYSTEM, "/rehearsal/clock")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"now\":\"" + at + "\"}"))
                .build());
    }

    /** Does all of these, of one role, in bulk requests. */
    void does(List<CommandRequest> requests) {
        for (int from = 0; from < requests.size(); from += BulkRequest.MOST) {
            List<CommandRequest> some = requests.subList(from, Math.min(requests.size(), from + BulkRequest.MOST));
            String answer = exchange(request(some.getFirst().actor().role(), "/commands")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(BulkRequest.of(some)))
                    .build());
            if (!BulkRequest.isDone(answer, some.size())) {
                throw new IllegalStateException(answer);
            }
        }
    }

    /** As one command a request, ready to be sent. */
    byte[] single(CommandRequest request, String path) {
        ObjectNode body = json.valueToTree(request.command());
        return HttpConnection.post(
                "/api/v1" + path,
                authorization(request.actor().role()) + "On-Behalf-Of: "
                        + request.actor().onBehalfOf() + "\r\nIdempotency-Key: " + request.idempotencyKey() + "\r\n",
                body.toString());
    }

    /** As one request, ready to be sent. */
    byte[] bulk(List<CommandRequest> requests) {
        return HttpConnection.post(
                "/api/v1/commands", authorization(requests.getFirst().actor().role()), BulkRequest.of(requests));
    }

    /** Returns when every view shows everything, so that nobody else's turn pays for it. */
    void awaitViews() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (isBehind()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the views do not catch up");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean isBehind() {
        JsonNode views = json.readTree(
                exchange(request(Role.OPERATOR, "/projections").GET().build()));
        return views.get("items").valueStream().anyMatch(view -> view.get("lag").asLong() > 0);
    }

    private String authorization(Role role) {
        return "Authorization: Bearer " + tokens.get(role) + "\r\n";
    }

    private HttpRequest.Builder request(Role role, String path) {
        return HttpRequest.newBuilder(url.resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + tokens.get(role));
    }

    private String exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IllegalStateException(
                        request + " was answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
