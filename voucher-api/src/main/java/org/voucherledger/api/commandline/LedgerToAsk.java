package org.voucherledger.api.commandline;

import java.io.FileNotFoundException;
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
import java.util.UUID;
import java.util.function.Function;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The options by which a command finds the ledger that it asks: the running one, or one that is started for the moment where
 * none answers. It asks as an auditor, and hands in as the operator.
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

    @Mixin
    private DataDirectory data;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A token to ask with (VOUCHER_TOKEN), where the ledger does not believe development tokens.",
            defaultValue = "${env:VOUCHER_TOKEN}")
    private String token;

    /** One ledger, asked as often as it takes. */
    final class Asking {

        private final URI ledger;
        private final Path itsData;
        private final Role role;
        private final Duration patience;

        private Asking(URI ledger, Path itsData, Role role, Duration patience) {
            this.ledger = ledger;
            this.itsData = itsData;
            this.role = role;
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

        /** Under a key of its own each time. */
        Answer post(String path, Path file) {
            return send(
                    path,
                    request -> request.header("Content-Type", "application/octet-stream")
                            .header("Idempotency-Key", spec.name() + "-" + UUID.randomUUID())
                            .POST(ofFile(file)));
        }

        private Answer send(String path, Function<HttpRequest.Builder, HttpRequest.Builder> how) {
            HttpResponse<byte[]> answer = send(path, how, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.body());
        }

        /** However long the answer is. */
        void download(String path, Path to) {
            send(path, HttpRequest.Builder::GET, HttpResponse.BodyHandlers.ofFile(to));
        }

        private <T> HttpResponse<T> send(
                String path,
                Function<HttpRequest.Builder, HttpRequest.Builder> how,
                HttpResponse.BodyHandler<T> content) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(ledger.resolve(path)).timeout(patience);
            bearer(itsData, role).ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
            try (HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()) {
                HttpResponse<T> answer = client.send(how.apply(request).build(), content);
                if (answer.statusCode() == 401) {
                    throw new NotBelieved();
                }
                return answer;
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

    private static HttpRequest.BodyPublisher ofFile(Path file) {
        try {
            return HttpRequest.BodyPublishers.ofFile(file);
        } catch (FileNotFoundException gone) {
            throw new CannotRun("There is no file " + file + " that can be read.");
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
            return insistOn(200);
        }

        Answer insistOn(int expected) {
            if (status != expected) {
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
            return questions.apply(here(Role.AUDITOR, patience));
        } catch (NobodyThere nobody) {
            return startForTheMoment("No ledger answers at " + url, Role.AUDITOR, patience, questions);
        } catch (NotBelieved notBelieved) {
            if (!isTokenGiven() && DevelopmentKey.existsIn(data.path())) {
                return startForTheMoment(
                        "The ledger at " + url + " is not the one of " + data.path(),
                        Role.AUDITOR,
                        patience,
                        questions);
            }
            throw tokenNotBelieved();
        }
    }

    /** The same, for what can also be done without a ledger; empty where none runs and there are no data to start one on. */
    <T> Optional<T> askIfThereIsOne(Duration patience, Function<Asking, T> questions) {
        try {
            return Optional.of(questions.apply(here(Role.AUDITOR, patience)));
        } catch (NobodyThere | NotBelieved none) {
            return DevelopmentKey.existsIn(data.path()) || isTokenGiven()
                    ? Optional.of(ask(patience, questions))
                    : Optional.empty();
        }
    }

    /**
     * Hands something in as the operator. What one ledger does not take is never handed to another one.
     *
     * @throws CannotRun where there is no ledger, or it does not believe the token
     */
    <T> T handIn(Duration patience, Function<Asking, T> handed) {
        try {
            return handed.apply(here(Role.OPERATOR, patience));
        } catch (NobodyThere nobody) {
            return startForTheMoment("No ledger answers at " + url, Role.OPERATOR, patience, handed);
        } catch (NotBelieved notBelieved) {
            throw tokenNotBelieved();
        }
    }

    /** The same at a ledger that the command has started on these data for itself. */
    <T> T handInAt(LocalLedger ledger, Path itsData, Duration patience, Function<Asking, T> handed) {
        return handed.apply(new Asking(ledger.url(), itsData, Role.OPERATOR, patience));
    }

    Path data() {
        return data.path();
    }

    private Asking here(Role role, Duration patience) {
        return new Asking(url, data.path(), role, patience);
    }

    private <T> T startForTheMoment(String why, Role role, Duration patience, Function<Asking, T> questions) {
        if (!DevelopmentKey.existsIn(data.path())) {
            throw new CannotRun(why + ", and there is no ledger in "
                    + data.path().toAbsolutePath() + ". Name the ledger with --url or its data with --data.");
        }
        spec.commandLine().getErr().println(why + "; starting one on " + data.path() + " ...");
        try (LocalLedger ledger =
                LocalLedger.startQuietly(Map.of("ledger.data", data.path().toString()))) {
            return questions.apply(new Asking(ledger.url(), data.path(), role, patience));
        } catch (NotBelieved notBelieved) {
            throw new CannotRun("The ledger that was started does not believe its own token.");
        }
    }

    private static CannotRun tokenNotBelieved() {
        return new CannotRun("The ledger does not believe the token. Name its data directory with --data, or give a"
                + " token with --token.");
    }

    private boolean isTokenGiven() {
        return token != null && !token.isBlank();
    }

    private Optional<String> bearer(Path itsData, Role role) {
        if (isTokenGiven()) {
            return Optional.of(token);
        }
        if (!DevelopmentKey.existsIn(itsData)) {
            return Optional.empty();
        }
        String account = spec.name();
        return Optional.of(new DevelopmentTokens(DevelopmentKey.of(itsData))
                .sign(Actor.of(account, role), Instant.now(), Duration.ofMinutes(30)));
    }
}
