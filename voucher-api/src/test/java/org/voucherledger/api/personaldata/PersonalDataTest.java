package org.voucherledger.api.personaldata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.documents.TestPapers;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ALL-05, ALL-04: personal data in the real program, from being handed in to being erased, and who has read what. */
class PersonalDataTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String E = code("91440101MA5A00001");
    private static final String F = code("91440101MA5B00001");

    private static final Actor OPERATOR = Actor.of("operator-1", Role.OPERATOR);
    private static final Actor BUREAU = Actor.of("bureau-1", Role.BUREAU);
    private static final Actor AUDITOR = Actor.of("auditor-1", Role.AUDITOR);
    private static final Actor HANDLER = new Actor("clerk-1", Role.ENTERPRISE, E);

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext program;
    private static DevelopmentTokens tokens;
    private static JdbcTemplate owner;
    private static EverythingElse elsewhere;
    private static FileAppender<ILoggingEvent> log;
    /** Everything that was ever answered, but to those who read a datum. */
    private static final List<String> ANSWERS = new ArrayList<>();

    private static int keys;

    @BeforeAll
    static void start() throws IOException {
        Path logged = data.resolve("program.log");
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-03-01T00:00:00Z",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=INFO");
        everythingLoggedGoesTo(logged);
        tokens = new DevelopmentTokens(DevelopmentKey.of(data));
        owner = new JdbcTemplate(ownerOfTheTables());
        elsewhere = new EverythingElse(owner, logged, data.resolve("postgres.log"));
    }

    /** Looked for once behind all requests, because looking takes longer than the requests. */
    @AfterAll
    static void nothing_of_a_bad_request_is_kept() throws Exception {
        try {
            assertThat(elsewhere.holding("9731", true)).isEmpty();
        } finally {
            stop();
        }
    }

    private static void stop() {
        program.close();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        log.stop();
    }

    private static void everythingLoggedGoesTo(Path file) {
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var layout = new PatternLayoutEncoder();
        layout.setContext(root.getLoggerContext());
        layout.setPattern("%d %level %logger %msg%n%ex");
        layout.start();
        var appender = new FileAppender<ILoggingEvent>();
        appender.setContext(root.getLoggerContext());
        appender.setFile(file.toString());
        appender.setEncoder(layout);
        appender.start();
        root.addAppender(appender);
        log = appender;
    }

    /** The program itself may not change tables, nor look into all. */
    private static DataSource ownerOfTheTables() throws IOException {
        String url = program.getBean(JdbcConnectionDetails.class).getJdbcUrl();
        String password = Files.readString(data.resolve("postgres.password")).strip();
        return new DriverManagerDataSource(url, "voucher", password);
    }

    private static String code(String first17) {
        return first17 + CreditCode.checkCharacter(first17);
    }

    private static HttpRequest.Builder request(Actor who, String path) {
        String port = program.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + tokens.sign(who, Instant.now(), Duration.ofMinutes(10)));
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> told(HttpRequest.Builder request) {
        var answer = exchange(request);
        ANSWERS.add(answer.headers().map() + answer.body());
        return answer;
    }

    private static HttpResponse<String> keep(Actor who, String where, String body) {
        return told(request(who, "/personal-data/" + where)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static String handed(Whose whose, String value) {
        return "{\"whose\":\"%s\",\"value\":\"%s\"}".formatted(whose, value);
    }

    private static HttpResponse<String> read(Actor who, String where) {
        var answer = exchange(request(who, "/personal-data/" + where).GET());
        if (answer.statusCode() != 200) {
            ANSWERS.add(answer.body());
        }
        return answer;
    }

    private static HttpResponse<String> erase(Actor who, String where, String reason) {
        String mark = where.contains("?") ? "&" : "?";
        return told(request(who, "/personal-data/" + where + mark + "reason=" + URLEncoder.encode(reason, UTF_8))
                .DELETE());
    }

    private static HttpResponse<String> command(Actor who, String path, String body) {
        return told(request(who, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "key-" + ++keys)
                .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static JsonNode reads(String question) {
        return json(exchange(request(AUDITOR, "/reads?" + question).GET())).path("items");
    }

    @Test
    @DisplayName("ALL-05: a party hands in its own, reads it back in its one form, and may correct it")
    void round_trip() {
        var kept = keep(HANDLER, "round-1/PHONE", handed(Whose.HANDLER, "+86 138 0000 0001"));
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
        assertThat(json(kept).has("value")).isFalse();
        assertThat(json(kept).path("party").asString()).isEqualTo(E);

        var back = read(HANDLER, "round-1/PHONE");
        assertThat(json(back).path("value").asString()).isEqualTo("13800000001");
        assertThat(json(back).path("whose").asString()).isEqualTo("HANDLER");
        assertThat(back.headers().firstValue("Cache-Control")).hasValue("no-store");

        keep(HANDLER, "round-1/PHONE", handed(Whose.HANDLER, "13800000002"));
        assertThat(json(read(OPERATOR, "round-1/PHONE?party=" + E))
                        .path("value")
                        .asString())
                .isEqualTo("13800000002");
        assertThat(elsewhere.holding("13800000001", true)).as("replaced").isEmpty();
    }

    @Test
    @DisplayName("ALL-05: the same reference of another party is another's, and nobody reaches it by guessing")
    void namespaces() {
        keep(HANDLER, "same/NAME", handed(Whose.HANDLER, "甲乙丙丁"));
        Actor other = new Actor("clerk-2", Role.PROVIDER, F);
        assertThat(read(other, "same/NAME").statusCode()).isEqualTo(404);
        assertThat(read(other, "same/NAME?party=" + E).statusCode()).isEqualTo(403);
        assertThat(keep(other, "same/NAME?party=" + E, handed(Whose.HANDLER, "别人"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(keep(other, "same/NAME", handed(Whose.HANDLER, "戊己庚辛")).statusCode())
                .isEqualTo(200);
        assertThat(json(read(HANDLER, "same/NAME")).path("value").asString()).isEqualTo("甲乙丙丁");
        assertThat(read(HANDLER, "never/NAME").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}: keeps {1}, reads {2}, erases {3}")
    @CsvSource({
        "ENTERPRISE, 200, 200, 403",
        "OPERATOR, 200, 200, 403",
        "BUREAU, 403, 200, 200",
        "AUDITOR, 403, 200, 403",
        "EXPERT, 403, 403, 403",
        "SYSTEM, 403, 403, 403",
        "PUBLIC, 403, 403, 403"
    })
    @DisplayName("ALL-04: the operator keeps everybody's, a party its own; the bureau erases; the auditor reads")
    void entitled(Role role, int keeps, int reads, int erases) {
        boolean party = role == Role.ENTERPRISE;
        Actor who = party ? HANDLER : Actor.of("somebody", role);
        String where = "matrix-" + role.name().toLowerCase(Locale.ROOT) + "/NAME" + (party ? "" : "?party=" + E);
        assertThat(keep(who, where, handed(Whose.HANDLER, "赵钱孙李")).statusCode()).isEqualTo(keeps);
        keep(OPERATOR, party ? where + "?party=" + E : where, handed(Whose.HANDLER, "赵钱孙李"));
        assertThat(read(who, where).statusCode()).isEqualTo(reads);
        assertThat(erase(who, where, "试").statusCode()).isEqualTo(erases);
    }

    @Test
    @DisplayName("ALL-05: whose a datum is decides who may hand it in, and which party it belongs to")
    void whose() {
        Actor holder = new Actor("platform", Role.HOLDER, "holder-7");
        assertThat(keep(holder, "holder-7/PHONE", handed(Whose.HOLDER, "13800000007"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(keep(holder, "holder-8/PHONE", handed(Whose.HOLDER, "13800000007"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(keep(holder, "holder-7/NAME", handed(Whose.HANDLER, "张三")).statusCode())
                .isEqualTo(403);
        assertThat(keep(HANDLER, "who-1/NAME", handed(Whose.COMPLAINANT, "李四")).statusCode())
                .isEqualTo(403);
        assertThat(keep(HANDLER, "who-1/NAME", handed(Whose.PROVIDER, "李四")).statusCode())
                .isEqualTo(403);
        assertThat(keep(OPERATOR, "who-1/NAME", handed(Whose.COMPLAINANT, "王五六七"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(read(OPERATOR, "who-1/NAME")).path("value").asString()).isEqualTo("王五六七");
        assertThat(keep(OPERATOR, "who-2/NAME?party=" + E, handed(Whose.COMPLAINANT, "王五六七"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(keep(OPERATOR, "who-2/NAME", handed(Whose.HANDLER, "王五六七")).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    wrong/PHONE           | {"whose":"HANDLER","value":"secret-9731"}            | value
                    wrong/ID_NUMBER       | {"whose":"HANDLER","value":"secret-973197319731973"} | value
                    wrong/PHONE           | {"whose":"secret-9731","value":"13800000009"}        | whose
                    wrong/PHONE           | {"whose":"HANDLER","value":["secret-9731"]}          | value
                    wrong/PHONE           | {"whose":"HANDLER","value":13890009731}              | value
                    wrong/PHONE           | {"whose":"HANDLER"}                                  | value
                    wrong/PHONE           | {"whose":"HANDLER","value":"secret-9731"             | body
                    wrong/PHONE           | {"whose":"HANDLER","value":"13800000009","13890009731":"x"} | body
                    wrong/PHONE           | {"value":"secret-9731","value":"secret-9731"}        | body
                    wrong/PHONE           | "secret-9731"                                        |
                    13890009731/PHONE     | {"whose":"HANDLER","value":"13800000009"}            | reference
                    wrong/SHOE_SIZE       | {"whose":"HANDLER","value":"secret-9731"}            | kind
                    """)
    @DisplayName("ALL-05: what is wrong with a request is told by field, and what it held is not repeated")
    void bad_requests(String where, String body, String field) {
        var answer = keep(HANDLER, where, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        if (field != null) {
            assertThat(json(answer).path("field").asString()).isEqualTo(field);
        }
        assertThat(answer.body()).doesNotContain("9731").contains("titleZh");
    }

    @Test
    @DisplayName("ALL-05: a datum too long to be one is refused")
    void too_long() {
        assertThat(keep(HANDLER, "long/NAME", handed(Whose.HANDLER, "长".repeat(100)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(keep(HANDLER, "long/NAME", handed(Whose.HANDLER, "长".repeat(101)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(keep(HANDLER, "long/NAME", handed(Whose.HANDLER, "长".repeat(2000)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("ALL-05: erased leaves when, by whom and why, no value and no hash of it, and does not come back")
    void erased() {
        keep(HANDLER, "erased/BANK_ACCOUNT", handed(Whose.HANDLER, "6222021200009876543"));
        var erased = erase(BUREAU, "erased/BANK_ACCOUNT?party=" + E, "本人要求");
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
        assertThat(erase(BUREAU, "erased/BANK_ACCOUNT?party=" + E, "another").body())
                .as("again")
                .isEqualTo(erased.body());
        assertThat(erase(BUREAU, "never/BANK_ACCOUNT?party=" + E, "x").statusCode())
                .isEqualTo(404);

        var gone = read(HANDLER, "erased/BANK_ACCOUNT");
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(json(gone).path("about").asString()).isEqualTo("PersonalDatumErased");
        assertThat(json(gone).path("reason").asString()).isEqualTo("本人要求");
        var again = keep(HANDLER, "erased/BANK_ACCOUNT", handed(Whose.HANDLER, "6222021200009876543"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("rule").asString()).isEqualTo("ALL-05");
        assertThat(keep(HANDLER, "erased-2/BANK_ACCOUNT", handed(Whose.HANDLER, "6222021200009876544"))
                        .statusCode())
                .as("under another reference")
                .isEqualTo(200);
        assertThat(elsewhere.holding("6222021200009876543", true)).isEmpty();
        assertThat(elsewhere.holding("6222021200009876544", true))
                .as("the search finds what is there")
                .containsExactly("ledger.personal_datum 6222021200009876544");
    }

    @Test
    @DisplayName("ALL-05: events carry the reference alone; no table, no answer and no log but the store holds a value")
    void nowhere_else() {
        List<String> values = List.of("13811112222", "6222021200001112223", "11010519491231002X", "欧阳无名");
        DatumKind[] kinds = {DatumKind.PHONE, DatumKind.BANK_ACCOUNT, DatumKind.ID_NUMBER, DatumKind.NAME};
        for (int i = 0; i < kinds.length; i++) {
            assertThat(keep(HANDLER, "handler-42/" + kinds[i], handed(Whose.HANDLER, values.get(i)))
                            .statusCode())
                    .isEqualTo(200);
        }
        var registered = command(HANDLER, "/enterprises", """
                {"enterpriseId":"%s","declaration":{"name":"示范企业","city":"广州市","district":"天河区","industry":"INDUSTRY",
                 "employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL","legalPerson":true,
                 "establishedOn":"2012-06-01","handlerRef":"handler-42","trustLevel":1}}""".formatted(E));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        command(HANDLER, "/enterprises", "{}");
        for (DatumKind kind : kinds) {
            assertThat(read(OPERATOR, "handler-42/" + kind + "?party=" + E).statusCode())
                    .isEqualTo(200);
        }
        faultWhileKeeping("13811112222");

        assertThat(elsewhere.tables())
                .contains("ledger.domain_event", "ledger.command_answer", "ledger.sensitive_read");
        assertThat(elsewhere.holding("handler-42", false))
                .as("the search finds what is there, in bytes too")
                .anyMatch(place -> place.startsWith("ledger.domain_event"))
                .anyMatch(place -> place.startsWith("ledger.sensitive_read"));
        assertThat(values).allSatisfy(value -> {
            assertThat(elsewhere.holding(value, false)).isEmpty();
            assertThat(ANSWERS).noneMatch(answer -> answer.contains(value));
        });
    }

    /** The database itself refuses a row: its complaint must not quote it, neither to us nor in its own log. */
    private static void faultWhileKeeping(String value) {
        owner.execute("alter table ledger.personal_datum add constraint planted check (reference <> 'fault')");
        try {
            var fault = keep(HANDLER, "fault/PHONE", handed(Whose.HANDLER, value));
            assertThat(fault.statusCode()).isEqualTo(500);
        } finally {
            owner.execute("alter table ledger.personal_datum drop constraint planted");
        }
        assertThat(elsewhere.holding("planted", true))
                .as("both logs tell of the fault")
                .hasSize(2);
    }

    @Test
    @DisplayName(
            "ALL-04: each read is recorded: who, for whom, what, when, under which request; what is not read is not")
    void reads_are_recorded() {
        keep(HANDLER, "read-1/PHONE", handed(Whose.HANDLER, "13800000011"));
        var own = exchange(request(HANDLER, "/personal-data/read-1/PHONE")
                .header("Request-Id", "ticket-7")
                .GET());
        assertThat(own.headers().firstValue("Request-Id")).hasValue("ticket-7");
        var staff = read(OPERATOR, "read-1/PHONE?party=" + E);
        read(new Actor("clerk-2", Role.PROVIDER, F), "read-1/PHONE");
        read(Actor.of("expert-1", Role.EXPERT), "read-1/PHONE?party=" + E);
        erase(BUREAU, "read-1/PHONE?party=" + E, "试");
        assertThat(read(HANDLER, "read-1/PHONE").statusCode()).isEqualTo(410);

        JsonNode reads = reads("subject=" + E + "/read-1/PHONE");
        assertThat(reads.size()).isEqualTo(2);
        JsonNode last = reads.get(0);
        assertThat(last.path("actor").asString()).isEqualTo("operator-1");
        assertThat(last.path("role").asString()).isEqualTo("OPERATOR");
        assertThat(last.path("kind").asString()).isEqualTo("PERSONAL_DATUM");
        assertThat(last.path("readAt").asString()).isEqualTo("2020-03-01T00:00:00Z");
        assertThat(last.path("request").asString()).isEqualTo("GET /api/v1/personal-data/read-1/PHONE");
        assertThat(last.path("requestId").asString())
                .isEqualTo(staff.headers().firstValue("Request-Id").orElseThrow());
        assertThat(reads.get(1).path("onBehalfOf").asString()).isEqualTo(E);
        assertThat(reads.get(1).path("requestId").asString()).isEqualTo("ticket-7");
    }

    @Test
    @DisplayName("ALL-04, GZ-45: the bytes of a document are read by somebody, and that is recorded")
    void documents() {
        byte[] content = TestPapers.pdf("read by somebody");
        String sha256 = TestPapers.sha256(content);
        told(request(HANDLER, "/documents?name=a.pdf")
                .header("Content-Type", "application/pdf")
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(reads("subject=" + sha256).size()).isZero();
        assertThat(exchange(request(AUDITOR, "/documents/" + sha256).GET()).statusCode())
                .isEqualTo(200);
        exchange(request(new Actor("clerk-2", Role.PROVIDER, F), "/documents/" + sha256)
                .GET());

        assertThat(reads("subject=" + sha256 + "&kind=DOCUMENT").findValuesAsString("actor"))
                .containsExactly("auditor-1");
    }

    @Test
    @DisplayName("ALL-04: what cannot be recorded is not answered")
    void no_answer_without_record() {
        keep(HANDLER, "unrecorded/PHONE", handed(Whose.HANDLER, "13800000013"));
        byte[] content = TestPapers.pdf("unrecorded");
        told(request(HANDLER, "/documents?name=a.pdf")
                .header("Content-Type", "application/pdf")
                .POST(BodyPublishers.ofByteArray(content)));
        owner.execute("alter table ledger.sensitive_read add constraint planted check (actor <> 'unlucky')");
        try {
            Actor unlucky = new Actor("unlucky", Role.ENTERPRISE, E);
            var datum = read(unlucky, "unrecorded/PHONE");
            assertThat(datum.statusCode()).isEqualTo(500);
            assertThat(datum.body()).doesNotContain("13800000013");
            assertThat(exchange(request(unlucky, "/documents/" + TestPapers.sha256(content))
                                    .GET())
                            .statusCode())
                    .isEqualTo(500);
        } finally {
            owner.execute("alter table ledger.sensitive_read drop constraint planted");
        }
    }

    @Test
    @DisplayName("ALL-04: reads are listed newest first, in pages, by actor, and to the auditor only")
    void listed() {
        keep(HANDLER, "paged/PHONE", handed(Whose.HANDLER, "13800000012"));
        Actor reader = Actor.of("reader-1", Role.BUREAU);
        for (int i = 0; i < 5; i++) {
            read(reader, "paged/PHONE?party=" + E);
        }
        List<Long> ids = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = json(exchange(request(AUDITOR, "/reads?actor=reader-1&limit=2&cursor=" + cursor)
                    .GET()));
            page.path("items").forEach(item -> ids.add(item.path("id").asLong()));
            cursor = page.path("next").asString("");
            pages++;
        } while (!cursor.isEmpty());
        assertThat(ids).hasSize(5).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(pages).isEqualTo(3);
        assertThat(reads("actor=reader-1&from=2020-03-01T00:00:01Z").size()).isZero();
        assertThat(reads("actor=reader-1&until=2020-03-01T00:00:00Z").size()).isZero();
        assertThat(exchange(request(OPERATOR, "/reads").GET()).statusCode()).isEqualTo(403);
        assertThat(exchange(request(AUDITOR, "/reads?kind=GUESS").GET()).statusCode())
                .isEqualTo(400);
        assertThat(exchange(request(AUDITOR, "/reads")
                                .header("Request-Id", "a b")
                                .GET())
                        .statusCode())
                .isEqualTo(400);
    }
}
