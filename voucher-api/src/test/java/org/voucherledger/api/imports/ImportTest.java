package org.voucherledger.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.http.Caller;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.api.table.Header;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.api.table.SheetCell;
import org.voucherledger.api.table.SheetRow;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists handed in as files, on the whole program: what they come to in the ledger, and nothing twice. */
class ImportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Actor OPERATOR = Actor.of("operator-7", Role.OPERATOR);

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext program;
    private static JdbcTemplate sql;
    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final AtomicInteger GROUPS = new AtomicInteger();

    /** Each test has codes of its own. */
    private String group;

    @BeforeAll
    static void start() {
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-03-01T00:00:00Z",
                        "--ledger.imports.most-bytes=300000",
                        // The papers that the rows name are nowhere.
                        "--ledger.documents.required=false",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=WARN");
        sql = program.getBean(JdbcTemplate.class);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @BeforeEach
    void ownCodes() {
        group = "X" + "ABCDEFGHJKLMNPQRTUWXY".charAt(GROUPS.getAndIncrement()) + "A";
    }

    private String code(int number) {
        return Lists.code(group, number);
    }

    private static int port() {
        return Integer.parseInt(program.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static HttpResponse<String> post(Actor actor, String key, String path, byte[] body) {
        return post(actor, key, path, "application/octet-stream", body);
    }

    private static HttpResponse<String> post(Actor actor, String key, String path, String type, byte[] body) {
        String token = new DevelopmentTokens(DevelopmentKey.of(data)).sign(actor, Instant.now(), Duration.ofMinutes(5));
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/api/v1/imports/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/csv"})
    @DisplayName("A file that is sent as something else, as curl does unless told otherwise, arrives whole")
    void sent_as_a_form(String type) throws InterruptedException {
        // As a form this would be parameters, and the last of them a wrong one.
        byte[] file = Lists.csv(Lists.BLACKLIST_HEADINGS, code(1) + ",甲&mode=nonsense,原因=一");
        var taken = post(OPERATOR, "form-" + KEYS.incrementAndGet(), "blacklist", type, file);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        program.getBean(ImportWorker.class).awaitIdle();

        var done = auditor()
                .get("/api/v1/imports/" + JSON.readTree(taken.body()).get("id").asString())
                .json();
        assertThat(done.get("fileSha256").asString()).isEqualTo(CanonicalJson.sha256(file));
        assertThat(told(done)).startsWith("DONE read 1 done 1");
    }

    private static Caller auditor() {
        return Caller.anonymous(port()).as(data, Role.AUDITOR);
    }

    /** Hands the file in and waits until its import is over. */
    private static JsonNode imported(String path, byte[] file) {
        var taken = post(OPERATOR, "file-" + KEYS.incrementAndGet(), path, file);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        try {
            program.getBean(ImportWorker.class).awaitIdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return auditor()
                .get("/api/v1/imports/" + JSON.readTree(taken.body()).get("id").asString())
                .json();
    }

    private static String told(JsonNode done) {
        return done.get("state").asString() + " read " + done.get("rowsRead").asLong() + " done "
                + done.get("rowsDone").asLong() + " unchanged "
                + done.get("rowsUnchanged").asLong() + " refused "
                + done.get("rowsRefused").asLong() + " left "
                + done.get("rowsLeft").asLong();
    }

    private static List<String> report(JsonNode done) {
        var rows = new ArrayList<String>();
        auditor()
                .get("/api/v1/imports/" + done.get("id").asString() + "/report")
                .json()
                .get("items")
                .forEach(row -> rows.add(row.get("line").asLong() + " "
                        + row.get("column").asString() + " " + row.get("about").asString()));
        return rows;
    }

    private List<String> events() {
        return sql.queryForList(
                "select type || ' ' || actor || ' ' || role from ledger.event where stream like ? order by position",
                String.class,
                "%" + "91440100" + group + "%");
    }

    private byte[] recognitions(int count) {
        return Lists.csv(Lists.lines(
                Lists.RECOGNITION_HEADINGS,
                IntStream.rangeClosed(1, count)
                        .mapToObj(n -> Lists.recognition(code(n), "机构" + n))
                        .toList()));
    }

    @Test
    @DisplayName("GZ-04: a recognition list is entered as the importing operator; the same file again does nothing")
    void recognitions() {
        assertThat(told(imported("recognitions", recognitions(3))))
                .isEqualTo("DONE read 3 done 3 unchanged 0 refused 0 left 0");
        assertThat(events()).hasSize(3).containsOnly("ProviderRecognised operator-7 OPERATOR");

        assertThat(told(imported("recognitions", recognitions(3))))
                .isEqualTo("DONE read 3 done 0 unchanged 3 refused 0 left 0");
        assertThat(events()).hasSize(3);
    }

    @Test
    @DisplayName("GZ-04: good rows are kept where asked and the bad ones told; or one bad row refuses the whole file")
    void modes() {
        byte[] file = Lists.csv(
                Lists.RECOGNITION_HEADINGS,
                Lists.recognition(code(1), "甲"),
                Lists.recognition("91440100XX", "乙"),
                Lists.recognition(code(3), "丙"));

        var nothing = imported("recognitions?mode=all-or-nothing", file);
        assertThat(told(nothing)).isEqualTo("REFUSED read 3 done 0 unchanged 0 refused 1 left 2");
        assertThat(nothing.get("problem").asString()).contains("1 rows have a flaw");
        assertThat(events()).isEmpty();

        var good = imported("recognitions", file);
        assertThat(told(good)).isEqualTo("DONE read 3 done 2 unchanged 0 refused 1 left 0");
        assertThat(report(good)).containsExactly("3 统一社会信用代码 Malformed");
        assertThat(events()).hasSize(2);
    }

    @Test
    @DisplayName(
            "GZ-04: a workbook's cell in error is told by line and column, in both languages; the good rows are kept, or nothing")
    void cellsInError() throws IOException {
        byte[] sound = Lists.xlsx(sheet -> {
            Lists.row(sheet, 0, Lists.RECOGNITION_HEADINGS);
            for (int row = 1; row <= 4; row++) {
                Lists.row(sheet, row, Lists.recognition(code(row), "机构" + row));
            }
            sheet.value(2, 1, 4711);
            sheet.value(3, 5, 4712);
        });
        byte[] file = Lists.edited(
                sound,
                "xl/worksheets/sheet1.xml",
                xml -> xml.replace("t=\"n\"><v>4711</v>", "t=\"e\"><v>#REF!</v>")
                        .replace("t=\"n\"><v>4712</v>", "t=\"e\"><v>#DIV/0!</v>"));

        var nothing = imported("recognitions?mode=all-or-nothing", file);
        assertThat(told(nothing)).isEqualTo("REFUSED read 4 done 0 unchanged 0 refused 2 left 2");
        assertThat(report(nothing)).containsExactly("3 服务机构名称 ErrorValue", "4 有效期起 ErrorValue");
        assertThat(events()).isEmpty();

        var good = imported("recognitions", file);
        assertThat(told(good)).isEqualTo("DONE read 4 done 2 unchanged 0 refused 2 left 0");
        assertThat(report(good)).isEqualTo(report(nothing));
        assertThat(events()).hasSize(2);
        JsonNode flaws = auditor()
                .get("/api/v1/imports/" + good.get("id").asString() + "/report")
                .json()
                .get("items");
        assertThat(flaws.findValuesAsString("value")).containsExactly("#REF!", "#DIV/0!");
        assertThat(flaws.findValuesAsString("reasonZh")).containsOnly("是错误值");
        assertThat(flaws.findValuesAsString("reasonEn")).containsOnly("is an error value");
    }

    @Test
    @DisplayName("a dry run tells what would come of each row, also by the rules, and does nothing")
    void dryRun() {
        imported("enterprises", Lists.csv(Lists.ENTERPRISE_HEADINGS, Lists.enterprise(code(1), "原名")));
        int before = events().size();
        byte[] file =
                Lists.csv(Lists.ENTERPRISE_HEADINGS, Lists.enterprise(code(1), "新名"), Lists.enterprise(code(2), "甲"));

        var told = imported("enterprises?dryRun=true", file);

        assertThat(told(told)).isEqualTo("DONE read 2 done 1 unchanged 0 refused 1 left 0");
        assertThat(report(told)).containsExactly("2  GZ-09:NameDiffers");
        assertThat(events()).hasSize(before);
    }

    @Test
    @DisplayName("all or nothing: a row that a rule would refuse keeps the others from being done")
    void allOrNothingByTheRules() {
        imported("enterprises", Lists.csv(Lists.ENTERPRISE_HEADINGS, Lists.enterprise(code(9), "原名")));
        int before = events().size();
        byte[] file =
                Lists.csv(Lists.ENTERPRISE_HEADINGS, Lists.enterprise(code(1), "甲"), Lists.enterprise(code(9), "新名"));

        assertThat(told(imported("enterprises?mode=all-or-nothing", file)))
                .isEqualTo("REFUSED read 2 done 0 unchanged 0 refused 1 left 1");
        assertThat(events()).hasSize(before);
        assertThat(told(imported("enterprises", file))).isEqualTo("DONE read 2 done 1 unchanged 0 refused 1 left 0");
    }

    @Test
    @DisplayName(
            "GZ-02: an enterprise is registered and verified from one row; a changed row corrects and verifies it again")
    void enterprises() {
        imported("enterprises", Lists.csv(Lists.ENTERPRISE_HEADINGS, Lists.enterprise(code(1), "甲")));
        assertThat(events())
                .containsExactly("EnterpriseRegistered operator-7 OPERATOR", "EnterpriseVerified operator-7 OPERATOR");

        String moved = Lists.enterprise(code(1), "甲").replace("天河区", "越秀区");
        assertThat(told(imported("enterprises", Lists.csv(Lists.ENTERPRISE_HEADINGS, moved))))
                .startsWith("DONE read 1 done 1");
        assertThat(events())
                .endsWith("DeclarationCorrected operator-7 OPERATOR", "EnterpriseVerified operator-7 OPERATOR");

        String lastYears = moved.replace(",2020,2020-01-02,", ",2019,2019-06-01,");
        var older = imported("enterprises", Lists.csv(Lists.ENTERPRISE_HEADINGS, lastYears));
        assertThat(told(older)).isEqualTo("DONE read 1 done 0 unchanged 0 refused 1 left 0");
        assertThat(report(older)).containsExactly("2  OlderVerification");
        assertThat(events()).hasSize(4);
    }

    @Test
    @DisplayName(
            "GZ-01: a complete blacklist clears who is not on it; and lists again who was cleared in between, from the same file")
    void completeBlacklist() {
        byte[] first = Lists.csv(Lists.BLACKLIST_HEADINGS, code(1) + ",甲,法院判决", code(2) + ",乙,税务失信");
        byte[] second = Lists.csv(Lists.BLACKLIST_HEADINGS, code(2) + ",乙,税务失信", code(3) + ",丙,法院判决");
        String complete = "blacklist?complete=true&mode=all-or-nothing";

        assertThat(told(imported(complete, first))).startsWith("DONE read 2 done 2");
        var replaced = imported(complete, second);
        assertThat(told(replaced)).isEqualTo("DONE read 2 done 1 unchanged 1 refused 0 left 0");
        assertThat(replaced.get("cleared").asLong()).isEqualTo(1);
        assertThat(listed()).containsExactly(code(2), code(3));

        var named = imported(complete + "&fileName=zhangsan.csv", first);
        assertThat(named.get("cleared").asLong()).isEqualTo(1);
        assertThat(listed()).containsExactly(code(1), code(2));
        assertThat(sql.queryForList(
                        "select payload ->> 'reason' from ledger.event where stream = ? order by position desc limit 1",
                        String.class,
                        "enterprise:" + code(3)))
                .as("ALL-05: the import names the list, not what somebody called its file")
                .containsExactly("not on the complete list of import "
                        + named.get("id").asString() + " (SHA-256 " + CanonicalJson.sha256(first) + ")");

        imported(complete, Lists.csv(Lists.BLACKLIST_HEADINGS, code(2) + ",乙,税务失信", "x,丙,y"));
        assertThat(listed()).as("a list with a bad row is not complete").containsExactly(code(1), code(2));

        imported("blacklist", Lists.csv(Lists.BLACKLIST_HEADINGS + ",是否列入", code(1) + ",甲,已修复,否"));
        assertThat(listed()).containsExactly(code(2));
        imported(complete, Lists.csv(Lists.BLACKLIST_HEADINGS + ",是否列入", code(2) + ",乙,已修复,否"));
    }

    private List<String> listed() {
        return program.getBean(OnTheBlacklist.class).now().stream()
                .filter(code -> code.contains(group))
                .toList();
    }

    @Test
    @DisplayName(
            "an import that a crash has interrupted goes on where it was, and what was done unrecorded is not done twice")
    void interrupted() throws IOException {
        int rows = 2 * ImportRun.CHUNK + 7;
        var imports = program.getBean(Imports.class);
        var doing = program.getBean(RowDoing.class);
        UUID id = UUID.randomUUID();
        Path file = Lists.file(data, recognitions(rows));
        imports.enter(
                id,
                new Imports.Asked(
                        OPERATOR,
                        "cut",
                        ListKind.RECOGNITIONS,
                        "cut.csv",
                        "0".repeat(64),
                        Import.Mode.GOOD_ROWS,
                        false,
                        false),
                file,
                Instant.EPOCH);
        // Asked once while it looks at each of the two full chunks, and once before each chunk is done.
        var asked = new AtomicInteger();
        var run = new ImportRun(imports, doing, List::of, imports.job(id), () -> asked.incrementAndGet() > 3);
        assertThatThrownBy(run::run).isInstanceOf(ImportRun.Stopped.class);
        assertThat(imports.find(id).orElseThrow().rowsDone()).isEqualTo(ImportRun.CHUNK);
        // The chunk after it was done, but the crash came before that was recorded.
        doing.carryOut(
                OPERATOR,
                IntStream.rangeClosed(ImportRun.CHUNK + 1, 2 * ImportRun.CHUNK)
                        .mapToObj(n -> read(Lists.recognition(code(n), "机构" + n), n))
                        .toList());

        new ImportRun(imports, doing, List::of, imports.job(id), () -> false).run();

        var over = imports.find(id).orElseThrow();
        assertThat(List.of(over.rowsRead(), over.rowsDone(), over.rowsUnchanged(), over.rowsLeft()))
                .containsExactly((long) rows, ImportRun.CHUNK + 7L, (long) ImportRun.CHUNK, 0L);
        assertThat(events()).hasSize(rows);
        assertThat(sql.queryForObject(
                        "select count(distinct stream) from ledger.event where stream like ?",
                        Integer.class,
                        "%91440100" + group + "%"))
                .isEqualTo(rows);
        imports.end(id, Import.State.DONE, null, Instant.EPOCH);
    }

    private static Wanted read(String line, int number) {
        var header = Header.of(row(1, Lists.RECOGNITION_HEADINGS), ListKind.RECOGNITIONS.columns());
        return ListKind.RECOGNITIONS.read(new RowReader(row(number + 1, line), header, true));
    }

    private static SheetRow row(int line, String cells) {
        return new SheetRow(
                line, List.of(cells.split(",")).stream().map(SheetCell::text).toList(), false);
    }

    @Test
    @DisplayName("a file that cannot be read is an import that was refused, with the reason in its report")
    void unreadable() {
        var done = imported("blacklist", "%PDF-1.7 \0\1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

        assertThat(done.get("state").asString()).isEqualTo("REFUSED");
        assertThat(report(done)).containsExactly("0  UnknownEncoding");
    }

    @Test
    @DisplayName("the report is a table too, in which no cell is a formula")
    void reportAsTable() {
        var done = imported("blacklist", Lists.csv(Lists.BLACKLIST_HEADINGS, "=1+1,甲,原因"));
        String csv = auditor()
                .get("/api/v1/imports/" + done.get("id").asString() + "/report.csv")
                .text();

        assertThat(csv).startsWith("\uFEFF行 line,");
        assertThat(csv.lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("2,统一社会信用代码,Malformed,")
                .endsWith(",'=1+1");
    }

    @Test
    @DisplayName(
            "only an operator hands in lists; the key stands for one file; too large a file, a wrong mode are told")
    void refusedRequests() {
        byte[] file = recognitions(1);
        assertThat(post(Actor.of("b", Role.BUREAU), "k", "recognitions", file).statusCode())
                .isEqualTo(403);
        assertThat(post(OPERATOR, "k", "recognitions?mode=some", file).body()).contains("\"field\":\"mode\"");
        assertThat(post(OPERATOR, "k", "recognitions?complete=true&mode=all-or-nothing", file)
                        .body())
                .contains("\"field\":\"complete\"");
        assertThat(post(OPERATOR, "k", "blacklist?complete=true", file).statusCode())
                .isEqualTo(400);
        assertThat(post(OPERATOR, "k", "experts", file).statusCode()).isEqualTo(405);
        assertThat(post(OPERATOR, "k", "recognitions", new byte[300_001]).statusCode())
                .isEqualTo(413);
        assertThat(post(OPERATOR, "k k", "recognitions", file).statusCode()).isEqualTo(400);

        var taken = post(OPERATOR, "k", "recognitions", file);
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(post(OPERATOR, "k", "recognitions", file).body())
                        .get("id"))
                .isEqualTo(JSON.readTree(taken.body()).get("id"));
        assertThat(post(OPERATOR, "k", "recognitions", recognitions(2)).statusCode())
                .isEqualTo(422);
        assertThat(auditor().get("/api/v1/imports/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(auditor().get("/api/v1/imports?limit=1").json().get("items").size())
                .isEqualTo(1);
        assertThat(Caller.anonymous(port())
                        .as(data, new Actor("e", Role.ENTERPRISE, Lists.code("XXA", 1)))
                        .get("/api/v1/imports")
                        .status())
                .isEqualTo(403);
    }
}
