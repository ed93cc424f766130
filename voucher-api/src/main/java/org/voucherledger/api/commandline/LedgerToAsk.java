package org.voucherledger.api.commandline;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The options by which a command finds the ledger that it asks: the running one, or one that is started for the moment where
 * none answers. It asks as an auditor, unless the command acts {@linkplain #as as} somebody else.
 */
final class LedgerToAsk {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the ledger runs (${DEFAULT-VALUE}).",
            defaultValue = "http://localhost:8080")
    private URI url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the ledger (LEDGER_DATA, or ${DEFAULT-VALUE}).",
            defaultValue = "${env:LEDGER_DATA:-voucher-data}")
    private Path data;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A token to ask with (VOUCHER_TOKEN), where the ledger does not believe development tokens.",
            defaultValue = "${env:VOUCHER_TOKEN}")
    private String token;

    private Role role = Role.AUDITOR;

    /** For commands that do more than ask. */
    void as(Role other) {
        role = other;
    }

    /** One ledger, asked as often as it takes. */
    final class Asking {

        private final URI ledger;
        private final Duration patience;

        private Asking(URI ledger, Duration patience) {
            this.ledger = ledger;
            this.patience = patience;
        }

        Answer get(String path) {
            return send(path, HttpRequest.Builder::GET);
        }

        Answer post(String path, String mediaType, byte[] body) {
            return send(
                    path,
                    request -> request.header("Content-Type", mediaType)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        }

        /** @param key under which it is done once */
        Answer command(String path, String key, String json) {
            return send(
                    path,
                    request -> request.header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .POST(HttpRequest.BodyPublishers.ofString(json)));
        }

        private Answer send(String path, Function<HttpRequest.Builder, HttpRequest.Builder> how) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(ledger.resolve(path)).timeout(patience);
            bearer().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
            try (HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()) {
                HttpResponse<byte[]> answer =
                        client.send(how.apply(request).build(), HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == 401) {
                    throw new NotBelieved();
                }
                return new Answer(answer.statusCode(), answer.body());
            } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
                throw new NobodyThere();
            } catch (IOException e) {
                throw new CannotRun("The ledger at " + ledger + " does not answer: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotRun("interrupted");
            }
        }
    }

    record Answer(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** The answer's content; whatever else was answered ends the command with what it says. */
        Answer insistOnSuccess() {
            if (status != 200) {
                throw new CannotRun(json().path("detail").asString("The ledger answered " + status + "."));
            }
            return this;
        }
    }

    private static final class NobodyThere extends RuntimeException {
        NobodyThere() {
            super(null, null, false, false);
        }
    }

    private static final class NotBelieved extends RuntimeException {
        NotBelieved() {
            super(null, null, false, false);
        }
    }

    /**
     * Asks; the questions may be asked twice, once of a ledger that turns out to be none.
     *
     * @throws CannotRun where there is no ledger, or it does not believe the token
     */
    <T> T ask(Duration patience, Function<Asking, T> questions) {
        try {
            return questions.apply(new Asking(url, patience));
        } catch (NobodyThere nobody) {
            return askOneStartedForTheMoment("No ledger answers at " + url, patience, questions);
        } catch (NotBelieved notBelieved) {
            if (!isTokenGiven() && DevelopmentKey.existsIn(data)) {
                return askOneStartedForTheMoment(
                        "The ledger at " + url + " is not the one of " + data, patience, questions);
            }
            throw new CannotRun("The ledger does not believe the token. Name its data directory with --data, or give a"
                    + " token with --token.");
        }
    }

    /** The same, for what can also be done without a ledger; empty where none runs and there are no data to start one on. */
    <T> Optional<T> askIfThereIsOne(Duration patience, Function<Asking, T> questions) {
        try {
            return Optional.of(questions.apply(new Asking(url, patience)));
        } catch (NobodyThere | NotBelieved none) {
            return DevelopmentKey.existsIn(data) || isTokenGiven()
                    ? Optional.of(ask(patience, questions))
                    : Optional.empty();
        }
    }

    private <T> T askOneStartedForTheMoment(String why, Duration patience, Function<Asking, T> questions) {
        if (!DevelopmentKey.existsIn(data)) {
            throw new CannotRun(why + ", and there is no ledger in " + data.toAbsolutePath()
                    + ". Name the ledger with --url or its data with --data.");
        }
        spec.commandLine().getErr().println(why + "; starting one on " + data + " ...");
        try (LocalLedger ledger = LocalLedger.startQuietly(Map.of("ledger.data", data.toString()))) {
            return questions.apply(new Asking(ledger.url(), patience));
        } catch (NotBelieved notBelieved) {
            throw new CannotRun("The ledger that was started does not believe its own token.");
        }
    }

    private boolean isTokenGiven() {
        return token != null && !token.isBlank();
    }

    private Optional<String> bearer() {
        if (isTokenGiven()) {
            return Optional.of(token);
        }
        if (!DevelopmentKey.existsIn(data)) {
            return Optional.empty();
        }
        String account = spec.name();
        return Optional.of(new DevelopmentTokens(DevelopmentKey.of(data))
                .sign(Actor.of(account, role), Instant.now(), Duration.ofMinutes(30)));
    }
}
