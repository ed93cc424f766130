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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An import survives kill -9 of the program, and of the program with PostgreSQL, in the middle of it: it goes on behind the last
 * chunk that was recorded, and every row is done exactly once.
 *
 * <p>Short by default; {@code -Dimport.rows=100000 -Dimport.kills=20} makes a campaign of it, {@code -Dseed=N} repeats one.
 */
@Tag("durability")
class ImportDurabilityTest {

    private static final int ROWS = Integer.getInteger("import.rows", 3_000);
    private static final int KILLS = Integer.getInteger("import.kills", 2);
    private static final long SEED = Long.getLong("seed", 20200401);

    /** So many rows are done between two records of how far it is; what of them a kill leaves unrecorded is found to stand so. */
    private static final int CHUNK = 512;

    private static final String HEADINGS = "统一社会信用代码,企业名称,所在市,所在区,所属行业,从业人员（人）,营业收入（万元）,资产总额（万元）,企业规模,是否独立法人,成立日期,"
            + "经办人编号,身份认证等级,核对年度,声明函签署日期,运营规范,符合产业政策,优先补助资格,核对资料";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private String token;

    @Test
    @DisplayName(
            "an import that is killed in the middle goes on where it was when the program starts again: every row exactly once")
    void every_row_exactly_once() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        token = new DevelopmentTokens(DevelopmentKey.of(data))
                .sign(Actor.of("operator-1", Role.OPERATOR), Instant.now(), Duration.ofDays(1));
        var random = new Random(SEED);
        Path log = Files.createDirectories(Path.of("target", "durability")).resolve("import.log");
        var settings = Map.of(
                "LEDGER_REHEARSAL", "2020-03-01T00:00:00Z",
                // The papers that the rows name are nowhere.
                "LEDGER_DOCUMENTS_REQUIRED", "false");

        try (var program = Program.real(data, log, settings)) {
            program.start();
            String id = handIn(program);
            var linesWhenKilled = new ArrayList<Long>();
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitLine(program, id, 1 + (long) ROWS * kill / (KILLS + 2));
                LockSupport.parkNanos(random.nextInt(300_000_000));
                boolean both = kill % 2 == 0;
                if (both) {
                    program.killPostgres();
                }
                program.kill();
                program.start();
                // Whatever is recorded now was recorded before the kill, or is of the part behind it.
                linesWhenKilled.add(lastLine(program, id));
            }
            JsonNode over = awaitEnd(program, id);

            System.out.println("kill -9 in an import: seed=" + SEED + " rows=" + ROWS + " kills=" + KILLS
                    + " recorded up to line " + linesWhenKilled + ", found to stand so "
                    + over.get("rowsUnchanged").asLong());
            assertThat(over.get("state").asString()).isEqualTo("DONE");
            assertThat(linesWhenKilled).isSorted().allMatch(line -> line > 1 && line < ROWS + 1);
            // Were it begun anew, the rows before the kill would be counted, or found to stand so, once more.
            assertThat(over.get("rowsRead").asLong()).isEqualTo(ROWS);
            assertThat(over.get("rowsDone").asLong() + over.get("rowsUnchanged").asLong())
                    .isEqualTo(ROWS);
            assertThat(over.get("rowsRefused").asLong()).isZero();
            assertThat(over.get("rowsUnchanged").asLong()).isLessThanOrEqualTo((long) CHUNK * KILLS);
            assertThat(streams(program)).isEqualTo(ROWS);
            assertThat(streamsOtherThan("EnterpriseRegistered,EnterpriseVerified", program))
                    .isEmpty();
        }
    }

    private static String file() {
        var file = new StringBuilder(HEADINGS).append("\r\n");
        for (int n = 1; n <= ROWS; n++) {
            file.append(code(n))
                    .append(",虚构企业")
                    .append(n)
                    .append(",广州市,天河区,工业,50,1000,500,小型,是,2015-03-01,handler-1,1,2020,2020-01-02,是,是,,")
                    .append(paper("LICENCE"))
                    .append(';')
                    .append(paper("TAX_CERTIFICATE"))
                    .append(';')
                    .append(paper("DECLARATION"))
                    .append("\r\n");
        }
        return file.toString();
    }

    private static String code(int number) {
        String first17 = "91440100XXY%06d".formatted(number);
        return first17 + CreditCode.checkCharacter(first17);
    }

    private static String paper(String kind) {
        return kind + "|" + "a".repeat(64) + "|1024|application/pdf";
    }

    private String handIn(Program program) throws IOException, InterruptedException {
        var taken = http.send(
                request(program, "/api/v1/imports/enterprises?fileName=list.csv")
                        .header("Content-Type", "application/octet-stream")
                        .header("Idempotency-Key", "the-list")
                        .POST(HttpRequest.BodyPublishers.ofString(file()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        return JSON.readTree(taken.body()).get("id").asString();
    }

    private HttpRequest.Builder request(Program program, String path) {
        return HttpRequest.newBuilder(program.url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    private static void awaitLine(Program program, String id, long line) throws Exception {
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (lastLine(program, id) < line) {
            assertThat(System.nanoTime()).as("the import stands still").isLessThan(until);
            assertThat(isOver(program, id))
                    .as("it is over before it was killed")
                    .isFalse();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private JsonNode awaitEnd(Program program, String id) throws Exception {
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            JsonNode now = JSON.readTree(http.send(
                            request(program, "/api/v1/imports/" + id).GET().build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            if (!now.get("finishedAt").isNull()) {
                return now;
            }
            assertThat(System.nanoTime()).as("the import stands still").isLessThan(until);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static long lastLine(Program program, String id) throws SQLException, IOException {
        return number(program, "select last_line from ledger.import where id = '" + id + "'");
    }

    private static boolean isOver(Program program, String id) throws SQLException, IOException {
        return number(program, "select count(finished_at) from ledger.import where id = '" + id + "'") == 1;
    }

    private static long streams(Program program) throws SQLException, IOException {
        return number(
                program,
                "select count(distinct aggregate_identifier) from ledger.domain_event"
                        + " where aggregate_identifier like 'enterprise:%'");
    }

    private static long number(Program program, String question) throws SQLException, IOException {
        try (var database = program.database();
                var statement = database.createStatement()) {
            var answer = statement.executeQuery(question);
            answer.next();
            return answer.getLong(1);
        }
    }

    /** The enterprises that something else has happened to than these events, each once and in this order. */
    private static List<String> streamsOtherThan(String events, Program program) throws SQLException, IOException {
        try (var database = program.database();
                var question = database.prepareStatement("""
                        select aggregate_identifier || ' ' || string_agg(payload_type, ',' order by sequence_number)
                        from ledger.domain_event where aggregate_identifier like 'enterprise:%'
                        group by aggregate_identifier
                        having string_agg(regexp_replace(payload_type, '^.*[.$]', ''), ',' order by sequence_number) <> ?
                        limit 5
                        """)) {
            question.setString(1, events);
            var found = new ArrayList<String>();
            var answer = question.executeQuery();
            while (answer.next()) {
                found.add(answer.getString(1));
            }
            return found;
        }
    }
}
