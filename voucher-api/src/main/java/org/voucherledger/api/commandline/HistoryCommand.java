package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
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
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./voucher history}: prints the audit trail of a voucher (ALL-04), asked from the running ledger, or from one that is
 * started for the moment where none answers.
 */
@Command(
        name = "history",
        description = "Prints every event of a voucher: who, when, for whom, why, and what the voucher was after it.",
        mixinStandardHelpOptions = true)
final class HistoryCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "VOUCHER", description = "The voucher's id.")
    private String voucher;

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

    @Option(names = "--json", description = "Print it as the ledger answers it.")
    private boolean json;

    @Override
    public void run() {
        HttpResponse<String> answer;
        try {
            answer = ask(url);
            if (answer.statusCode() == 401 && !isTokenGiven() && DevelopmentKey.existsIn(data)) {
                answer = askOneStartedForTheMoment("The ledger at " + url + " is not the one of " + data);
            }
        } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
            answer = askOneStartedForTheMoment("No ledger answers at " + url);
        } catch (IOException e) {
            throw new CannotRun("The ledger at " + url + " does not answer: " + e.getMessage());
        }
        print(answer);
    }

    private HttpResponse<String> askOneStartedForTheMoment(String why) {
        if (!DevelopmentKey.existsIn(data)) {
            throw new CannotRun(why + ", and there is no ledger in " + data.toAbsolutePath()
                    + ". Name the ledger with --url or its data with --data.");
        }
        spec.commandLine().getErr().println(why + "; starting one on " + data + " ...");
        try (LocalLedger ledger = LocalLedger.startQuietly(Map.of("ledger.data", data.toString()))) {
            return ask(ledger.url());
        } catch (IOException e) {
            throw new CannotRun("The ledger that was started does not answer: " + e.getMessage());
        }
    }

    private HttpResponse<String> ask(URI ledger) throws IOException {
        String id = URLEncoder.encode(voucher, StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest.Builder request = HttpRequest.newBuilder(ledger.resolve("/api/v1/vouchers/" + id + "/history"))
                .timeout(PATIENCE);
        bearer().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
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
        return Optional.of(new DevelopmentTokens(DevelopmentKey.of(data))
                .sign(Actor.of("history", Role.AUDITOR), Instant.now(), Duration.ofMinutes(5)));
    }

    private void print(HttpResponse<String> answer) {
        if (answer.statusCode() == 401) {
            throw new CannotRun("The ledger does not believe the token. Name its data directory with --data, or give a"
                    + " token with --token.");
        }
        JsonNode body = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new CannotRun(body.path("detail").asString("The ledger answered " + answer.statusCode() + "."));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.body());
        } else {
            new HistoryPage(voucher, body).print(out);
        }
        out.flush();
    }
}
