package org.voucherledger.api.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Granting a whole queue, publishing the grant and recovering every voucher of it survive kill -9 of the program, and of the
 * program with PostgreSQL, in the middle: asked again each goes on where it was, nothing is done twice, nothing is left out, and
 * the books balance.
 *
 * <p>Short by default; {@code -Dbulk.applications=100000} makes a campaign of it.
 */
@Tag("durability")
class BulkDurabilityTest {

    private static final int APPLICATIONS = Integer.getInteger("bulk.applications", 1_500);
    private static final int REQUEST = 250;
    private static final long FEN_A_VOUCHER = 50_000;

    private static final String BATCH = "/api/v1/batches/B1";
    /** So that even a small grant takes a while: longer than a view needs to tell how far it is. */
    private static final String SMALL_STEPS = "{\"atMost\":" + Math.max(1, APPLICATIONS / 1_500) + "}";

    private static final String PUBLICATIONS = "select count(*) from ledger.event where type = 'GrantPublished'";
    private static final long LEAST_FUND_FEN = 600_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private DevelopmentTokens tokens;
    private Program program;

    @Test
    @DisplayName(
            "GZ-12, GZ-30, ALL-03: a grant, its publication and a recovery that are killed in the middle are each done once")
    void everything_once() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        tokens = new DevelopmentTokens(DevelopmentKey.of(data));
        Path log = Files.createDirectories(Path.of("target", "durability")).resolve("bulk.log");
        var settings = Map.of(
                "LEDGER_REHEARSAL", "2020-03-30T00:00:00Z",
                // The papers that the enterprises name are nowhere.
                "LEDGER_DOCUMENTS_REQUIRED", "false");
        try (var real = Program.real(data, log, settings)) {
            program = real;
            program.start();
            allApply();

            // Half of them ask for more than is there; the order of grant ends in the middle.
            killedInTheMiddle("GRANTING", "ApplicationGranted", false, this::grant);
            grant();
            killedInTheMiddle("PUBLISHING", "ApplicationNotGranted", true, this::publish);
            assertThat(number(PUBLICATIONS)).isZero();
            publish();
            grantedOnce();

            clockTo("2020-06-01T00:00:00Z");
            killedInTheMiddle("SWEEPING", "VoucherRevoked", true, this::sweep);
            sweep();
            recoveredOnce();
        }
    }

    private void grant() throws IOException, InterruptedException {
        post(Role.OPERATOR, BATCH + "/grant?whole=true", SMALL_STEPS, "the-grant");
    }

    private void publish() throws IOException, InterruptedException {
        post(Role.OPERATOR, BATCH + "/publication?whole=true", SMALL_STEPS, "the-publication");
    }

    private void sweep() throws IOException, InterruptedException {
        post(Role.SYSTEM, "/api/v1/sweeps", "", "");
    }

    /** Two vouchers each, and money for half of them. */
    private void allApply() throws IOException, InterruptedException, SQLException {
        String fund = "amountFen: " + Math.max(LEAST_FUND_FEN, APPLICATIONS * FEN_A_VOUCHER);
        String scheme = Files.readString(Path.of("src/main/resources/schemes/guangzhou-2020.yaml"))
                .replaceFirst("amountFen: " + LEAST_FUND_FEN, fund);
        post(Role.BUREAU, "/api/v1/schemes", "application/yaml", scheme, "the-scheme");
        String schemeId =
                text("select payload -> 'terms' ->> 'schemeId' from ledger.event where type = 'SchemePublished'");
        together(Role.OPERATOR, BulkDurabilityTest::registration);
        together(Role.OPERATOR, BulkDurabilityTest::verification);
        String opening = JSON.createObjectNode()
                .put("batchId", "B1")
                .put("schemeId", schemeId)
                .put("budgetFen", APPLICATIONS * FEN_A_VOUCHER)
                .put("applyFrom", "2020-04-01T02:00:00Z")
                .put("applyUntil", "2020-04-30T09:00:00Z")
                .put("noticeNumber", "n-1")
                .toString();
        post(Role.BUREAU, "/api/v1/batches", opening, "opening");
        clockTo("2020-04-01T02:00:00Z");
        together(Role.ENTERPRISE, BulkDurabilityTest::application);
        clockTo("2020-05-06T01:00:00Z");
        post(Role.OPERATOR, BATCH + "/applications-end", "{}", "the-end");
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Has something done in many steps, watches how far it is, and kills the program before it is over. */
    private void killedInTheMiddle(String kind, String event, boolean both, Work work) throws Exception {
        String count = "select count(*) from ledger.event where type = '" + event + "'";
        var underWay = CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException killed) {
                throw new IllegalStateException(killed);
            }
        });
        JsonNode seen = null;
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (seen == null) {
            for (JsonNode run : get(Role.AUDITOR, "/api/v1/progress").get("items")) {
                if (run.get("kind").asString().equals(kind)
                        && run.get("done").asLong() * 4 >= run.get("of").asLong()) {
                    seen = run;
                }
            }
            assertThat(underWay.isDone())
                    .as(kind + " was over before it was killed")
                    .isFalse();
            assertThat(System.nanoTime()).as(kind + " stands still").isLessThan(until);
        }
        if (both) {
            program.killPostgres();
        }
        program.kill();
        assertThat(underWay.handle((done, broken) -> broken).get()).isNotNull();
        program.start();
        long recorded = number(count);
        System.out.println("kill -9 in " + kind + " after " + recorded + " " + event + ", seen " + seen);
        assertThat(recorded)
                .as("not in the middle")
                .isBetween(1L, seen.get("of").asLong() - 1);
        assertThat(seen.get("left").asLong())
                .isEqualTo(seen.get("of").asLong() - seen.get("done").asLong());
    }

    private void grantedOnce() throws SQLException, IOException, InterruptedException {
        assertThat(number("select count(*) from ledger.event where type = 'ApplicationGranted'"))
                .isEqualTo(APPLICATIONS / 2);
        assertThat(number("select count(distinct payload ->> 'applicationId') from ledger.event"
                        + " where type in ('ApplicationGranted', 'ApplicationNotGranted')"))
                .isEqualTo(APPLICATIONS);
        assertThat(
                        number(
                                "select count(*) from ledger.event where type in ('ApplicationGranted', 'ApplicationNotGranted')"))
                .isEqualTo(APPLICATIONS);
        assertThat(
                        number(
                                "select max((payload ->> 'position')::int) from ledger.event where type = 'ApplicationGranted'"))
                .as("the first of the queue are granted, no other")
                .isEqualTo(APPLICATIONS / 2);
        onceForEachVoucher("VoucherIssued");
        assertThat(number(PUBLICATIONS)).isOne();
        booksBalance("heldFen");
    }

    private void recoveredOnce() throws SQLException, IOException, InterruptedException {
        onceForEachVoucher("VoucherRevoked");
        booksBalance("lapsedFen");
    }

    private void onceForEachVoucher(String event) throws SQLException, IOException {
        assertThat(number("select count(*) from ledger.event where type = '" + event + "'"))
                .as(event)
                .isEqualTo(APPLICATIONS);
        assertThat(number("select count(distinct stream) from ledger.event where type = '" + event + "'"))
                .as(event)
                .isEqualTo(APPLICATIONS);
    }

    private void booksBalance(String account) throws IOException, InterruptedException {
        JsonNode verification = post(Role.AUDITOR, "/api/v1/books/verification", "", "");
        assertThat(verification.get("balanced").asBoolean())
                .as(verification.toString())
                .isTrue();
        assertThat(verification.get("violations")).as(verification.toString()).isEmpty();
        JsonNode board = get(
                Role.AUDITOR, BATCH + "?atLeast=" + verification.get("position").asLong());
        assertThat(board.get(account).asLong()).as(board.toString()).isEqualTo(APPLICATIONS * FEN_A_VOUCHER);
    }

    private void together(Role role, IntFunction<Command> commands) throws IOException, InterruptedException {
        for (int from = 1; from <= APPLICATIONS; from += REQUEST) {
            ObjectNode body = JSON.createObjectNode();
            var entries = body.putArray("commands");
            for (int n = from; n < Math.min(APPLICATIONS + 1, from + REQUEST); n++) {
                Command command = commands.apply(n);
                String type = command.getClass().getSimpleName();
                ObjectNode entry =
                        entries.addObject().put("key", type + "-" + n).put("type", type);
                if (role == Role.ENTERPRISE) {
                    entry.put("onBehalfOf", code(n));
                }
                entry.set("body", JSON.valueToTree(command));
            }
            JsonNode answers =
                    post(role, "/api/v1/commands", body.toString(), "").path("answers");
            assertThat(answers).hasSize(entries.size());
            answers.forEach(answer -> assertThat(answer.get("status").asInt())
                    .as(answer.toString())
                    .isEqualTo(200));
        }
    }

    private static RegisterEnterprise registration(int n) {
        return new RegisterEnterprise(
                code(n),
                new Declaration(
                        "虚构企业" + n,
                        "广州市",
                        "天河区",
                        Industry.INDUSTRY,
                        50,
                        1_000,
                        500,
                        Size.SMALL,
                        true,
                        LocalDate.of(2015, 3, 1),
                        "handler-" + n,
                        1));
    }

    private static VerifyEnterprise verification(int n) {
        return new VerifyEnterprise(
                code(n),
                2020,
                LocalDate.of(2020, 1, 2),
                true,
                true,
                Set.of(),
                Stream.of("LICENCE", "TAX_CERTIFICATE", "DECLARATION")
                        .map(kind -> new Document(kind, "a".repeat(64), "application/pdf", 1_024))
                        .toList());
    }

    private static Apply application(int n) {
        return new Apply("B1", code(n), 2 * FEN_A_VOUCHER, List.of(FEN_A_VOUCHER, FEN_A_VOUCHER));
    }

    private static String code(int number) {
        String first17 = "91440100XXW%06d".formatted(number);
        return first17 + CreditCode.checkCharacter(first17);
    }

    private void clockTo(String instant) throws IOException, InterruptedException {
        send(request(Role.SYSTEM, "/api/v1/rehearsal/clock")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"now\":\"" + instant + "\"}")));
    }

    private JsonNode post(Role role, String path, String body, String key) throws IOException, InterruptedException {
        return post(role, path, "application/json", body, key);
    }

    private JsonNode post(Role role, String path, String mediaType, String body, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(role, path).header("Content-Type", mediaType);
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode get(Role role, String path) throws IOException, InterruptedException {
        return send(request(role, path).GET());
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(Role role, String path) {
        // The platform acts for every enterprise, and names it each time.
        var actor = new Actor(role.name().toLowerCase(Locale.ROOT), role, role == Role.ENTERPRISE ? "*" : "");
        String token = tokens.sign(actor, Instant.now(), LONGEST_WAIT);
        return HttpRequest.newBuilder(program.url().resolve(path))
                .timeout(LONGEST_WAIT)
                .header("Authorization", "Bearer " + token);
    }

    private long number(String question) throws SQLException, IOException {
        return Long.parseLong(text(question));
    }

    private String text(String question) throws SQLException, IOException {
        try (var database = program.database();
                var statement = database.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
