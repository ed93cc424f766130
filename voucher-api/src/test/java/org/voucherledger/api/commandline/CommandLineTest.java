package org.voucherledger.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.voucherledger.api.security.DevelopmentKey;
import picocli.CommandLine;

class CommandLineTest {

    @TempDir
    private Path data;

    /** What a command said and how it ended. */
    private record Said(int code, String out, String err) {}

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = VoucherCommandLine.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token.strip()).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError(token, e);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName(
            "where the programs of a database come from is not told amid what a command prints; what is wrong with it is")
    void quietDatabase(CapturedOutput output) {
        run("--version");
        var library = LoggerFactory.getLogger("io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver");
        library.info("found somewhere");
        library.warn("found nowhere");
        assertThat(output.getAll()).contains("found nowhere").doesNotContain("found somewhere");
    }

    @Test
    @DisplayName("token prints a token and nothing else")
    void token() throws ParseException {
        Said said = run("token", "provider", "p-7", "--party", "91440101MA5A00001H", "--data", data.toString());

        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines()).hasSize(1);
        JWTClaimsSet claims = claims(said.out());
        assertThat(claims.getSubject()).isEqualTo("p-7");
        assertThat(claims.getStringClaim("role")).isEqualTo("PROVIDER");
        assertThat(claims.getStringClaim("party")).isEqualTo("91440101MA5A00001H");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(12));
    }

    @Test
    @DisplayName("an account is named after its role where it is not named")
    void account() throws ParseException {
        JWTClaimsSet claims = claims(run("token", "BUREAU", "--hours", "1", "--data", data.toString())
                .out());

        assertThat(claims.getSubject()).isEqualTo("bureau");
        assertThat(claims.getStringClaim("party")).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                        | Say what to do
                    nonsense                                  | nonsense
                    token                                     | ROLE
                    season --providers 59                     | --providers must be from 60 to 900, not 59
                    token KING                                | expected one of
                    token ENTERPRISE                          | --party is needed
                    token BUREAU --hours 0                    | --hours
                    serve --rehearsal tomorrow                | --rehearsal needs an instant
                    serve --rehearsal 2020-03-01T00:00:00     | --rehearsal needs an instant
                    serve --database-url mysql://h/x          | --database-url needs
                    serve --database-url postgresql://h       | --database-url needs
                    serve --port many                         | --port
                    history                                   | STREAM
                    """)
    @DisplayName("what cannot be understood is explained in a line, with 2")
    void misunderstood(String arguments, String explanation) {
        Said said = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains(explanation).contains("--help").doesNotContain("Exception");
        assertThat(said.out()).isEmpty();
    }

    @Test
    @DisplayName("a key that cannot be made is explained")
    void noKey() throws IOException {
        Path file = Files.createFile(data.resolve("file"));

        Said said = run("token", "BUREAU", "--data", file.resolve("below").toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("cannot be read or made").doesNotContain("\tat ");
    }

    @Test
    @DisplayName("serve's options become settings")
    void serveSettings() {
        CommandLine line = VoucherCommandLine.commandLine();
        var parsed = line.parseArgs(
                "serve",
                "--port",
                "9000",
                "--data",
                "there",
                "--database-url",
                "postgresql://me:p%40ss@db:5433/books?sslmode=require",
                "--issuer-url",
                "https://issuer.example",
                "--rehearsal",
                "2020-03-01T00:00:00+08:00");
        ServeCommand serve = (ServeCommand) parsed.subcommand().commandSpec().userObject();

        assertThat(serve.settings())
                .containsEntry("ledger.data", "there")
                .containsEntry("server.port", "9000")
                .containsEntry("spring.datasource.url", "jdbc:postgresql://db:5433/books?sslmode=require")
                .containsEntry("spring.datasource.username", "me")
                .containsEntry("spring.datasource.password", "p@ss")
                .containsEntry("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://issuer.example")
                .containsEntry("ledger.rehearsal", "2020-02-29T16:00:00Z");
    }

    @Test
    @DisplayName("what is not said stays as Spring's own settings have it")
    void silentSettings() {
        var parsed = VoucherCommandLine.commandLine().parseArgs("serve");
        ServeCommand serve = (ServeCommand) parsed.subcommand().commandSpec().userObject();

        assertThat(serve.settings()).containsOnlyKeys("ledger.data");
    }

    @Test
    @DisplayName("a JDBC address is taken as it is, and printed without its parameters")
    void jdbcUrl() {
        String url = "jdbc:postgresql://h/x?password=secret";

        assertThat(new DatabaseUrl(null, url).settings()).containsEntry("spring.datasource.url", url);
        assertThat(DatabaseUrl.withoutSecrets(url)).isEqualTo("jdbc:postgresql://h/x");
    }

    private static final String HISTORY = """
            {"stream":"voucher:V 1","items":[{"event":{"position":12,"sequence":0,"type":"VoucherIssued",\
            "at":"2020-05-06T01:00:00Z","actor":"operator-1","role":"OPERATOR","onBehalfOf":"","reason":"granted",\
            "schemeVersion":"GZ-2020@1","payload":{"voucherId":"V 1","faceFen":1000050}},\
            "trueSince":"2020-05-01","replaces":7,"decidedAt":10,"beganAt":3,"decisions":[\
            {"rule":"GZ-11","about":"AnnualCapExceeded","allowed":true,"limit":2000000,"used":0,"asked":10000,"times":1},\
            {"rule":"GZ-01","about":"SizeNotAdmitted","allowed":false,"limit":"[SMALL]","used":"LARGE","asked":"apply","times":2}],\
            "changed":[{"member":"status","before":null,"after":"ISSUED"},\
            {"member":"balances.heldFen","before":0,"after":1000050}],"stateAfter":{"status":"ISSUED"}}],\
            "next":null,"position":99,"asOf":"2020-05-07T00:00:00Z",\
            "from":3,"to":8,"steps":5,"changed":[{"member":"budgetsFen.B1","before":100,"after":null},\
            {"member":"phase","before":"OPEN","after":"ENDED"}]}""";

    @Test
    @DisplayName("history asks the running ledger as an auditor and prints each step")
    void history() throws IOException, ParseException {
        DevelopmentKey.of(data);
        AtomicReference<String> asked = new AtomicReference<>();
        AtomicReference<String> bearer = new AtomicReference<>();
        HttpServer ledger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ledger.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI().toString());
            bearer.set(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = HISTORY.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        ledger.start();
        try {
            String url = "http://localhost:" + ledger.getAddress().getPort();

            Said said = run("history", "V 1", "--url", url, "--data", data.toString());

            assertThat(said.code()).as(said.err()).isZero();
            assertThat(asked.get()).isEqualTo("/api/v1/history/voucher%3AV%201?limit=200");
            assertThat(claims(bearer.get().substring("Bearer ".length())).getStringClaim("role"))
                    .isEqualTo("AUDITOR");
            assertThat(said.out().lines().map(String::strip))
                    .containsSubsequence(List.of(
                            "voucher:V 1 as of position 99, 2020-05-07 08:00:00",
                            "2020-05-06 09:00:00  VoucherIssued  (position 12, GZ-2020@1)",
                            "by      OPERATOR operator-1, because: granted",
                            "since   2020-05-01, recorded only now",
                            "instead of what position 7 had recorded",
                            "decided with position 10, the command as a whole with position 3",
                            "GZ-11 AnnualCapExceeded: passed (limit ¥20,000.00, used ¥0.00, asked ¥100.00)",
                            "GZ-01 SizeNotAdmitted: FAILED (limit [SMALL], used LARGE, asked apply), 2 times",
                            "changed status: - -> ISSUED",
                            "balances.heldFen: ¥0.00 -> ¥10,000.50"));

            run("history", "batch:B1", "--as-of", "2020-05-06T09:00:00+08:00", "--url", url, "--data", data.toString());
            assertThat(asked.get())
                    .isEqualTo("/api/v1/history/batch%3AB1?limit=200&asOf=2020-05-06T09%3A00%3A00%2B08%3A00");

            Said difference = run("history", "batch:B1", "--diff", "3", "8", "--url", url, "--data", data.toString());
            assertThat(asked.get()).isEqualTo("/api/v1/history/batch%3AB1/diff?from=3&to=8");
            assertThat(difference.out().lines().map(String::strip))
                    .containsExactly(
                            "voucher:V 1 from position 3 to 8: 5 events",
                            "budgetsFen.B1: ¥1.00 -> -",
                            "phase: OPEN -> ENDED");

            assertThat(run("history", "V1", "--as-of", "1", "--diff", "1", "2").code())
                    .isEqualTo(2);
            Said plain = run("history", "V 1", "--json", "--url", url, "--data", data.toString());
            assertThat(plain.out()).isEqualToIgnoringNewLines(HISTORY);
        } finally {
            ledger.stop(0);
        }
    }

    @Test
    @DisplayName("history without a ledger says so, and makes none")
    void noLedger() throws IOException {
        int freePort;
        try (ServerSocket probe = new ServerSocket(0)) {
            freePort = probe.getLocalPort();
        }
        Path nowhere = data.resolve("nowhere");

        Said said = run("history", "V", "--url", "http://localhost:" + freePort, "--data", nowhere.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("No ledger answers").contains("--data");
        assertThat(nowhere).doesNotExist();
    }
}
