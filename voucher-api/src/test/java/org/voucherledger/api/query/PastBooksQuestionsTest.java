package org.voucherledger.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.http.Caller;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.projection.Projections;
import tools.jackson.databind.JsonNode;

/** ALL-03 over HTTP and from the command line: the books of any scope at any time, and the alarm when they do not balance. */
@TestMethodOrder(OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
class PastBooksQuestionsTest {

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext program;
    private static long head;
    private static String url;

    @BeforeAll
    static void start() throws TimeoutException {
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-03-01T00:00:00Z",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=WARN");
        url = "http://localhost:" + program.getEnvironment().getRequiredProperty("local.server.port");
        var city = new City();
        try (city) {
            city.at("2020-05-01T09:00");
            var grants = new ArrayList<Grant>();
            for (int e = 1; e <= 4; e++) {
                grants.add(voucher("V" + e).worth(yuan(2_000)).to("E" + e));
            }
            city.grants(grants.toArray(Grant[]::new));
            city.at("2020-05-20T09:00");
            city.accepts("V1", yuan(2_000));
            city.accepts("V2", yuan(1_500));
            PlayedBefore.bring(program.getBean(LedgerStore.class), city.ledger().events());
        }
        settle();
        head = program.getBean(Projections.class).positions().head();
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static void settle() throws TimeoutException {
        var projections = program.getBean(Projections.class);
        for (String view : projections.names()) {
            projections.positions().awaitAtLeast(view, projections.positions().head(), Duration.ofSeconds(60));
        }
    }

    private static Caller auditor() {
        return Caller.anonymous(program.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
                .as(data, Role.AUDITOR);
    }

    private static JsonNode ask(String path) {
        var told = auditor().get(path);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        return told.json();
    }

    private static long fen(JsonNode trial, String account) {
        for (JsonNode sum : trial.path("sums")) {
            if (sum.path("account").asString().equals(account)) {
                return sum.path("balanceFen").asLong();
            }
        }
        return 0;
    }

    private static String text(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    @DisplayName("ALL-03: the books of every kind of scope, each with its equations, true for the position they carry")
    void of_every_scope() {
        for (String scope : List.of(
                "",
                "scheme=GZ-2020",
                "batch=B1",
                "city=" + text("广州市"),
                "city=" + text("广州市") + "&district=" + text(district()),
                "enterprise=" + Cast.code("E1"),
                "provider=" + Cast.code("P1"))) {
            JsonNode trial = ask("/api/v1/books?" + scope);
            assertThat(trial.path("balanced").asBoolean()).as(scope).isTrue();
            assertThat(trial.path("position").asLong()).isEqualTo(head);
            assertThat(trial.path("equations"))
                    .as(scope)
                    .isNotEmpty()
                    .allMatch(e -> e.path("holds").asBoolean());
            assertThat(fen(trial, "ACCEPTED")).as(scope).isPositive();
        }
        assertThat(fen(ask("/api/v1/books?enterprise=" + Cast.code("E1")), "ACCEPTED"))
                .isEqualTo(yuan(2_000));
        assertThat(fen(ask("/api/v1/books?provider=" + Cast.code("P1")), "ACCEPTED"))
                .isEqualTo(yuan(3_500));
    }

    private static String district() {
        return ask("/api/v1/enterprises/" + Cast.code("E1")).path("district").asString();
    }

    @Test
    @Order(2)
    @DisplayName("ALL-03: at a past position the books are as they were then; before the begin they are empty")
    void at_a_position() {
        JsonNode accepted = ask("/api/v1/books/postings?account=ACCEPTED").path("items");
        assertThat(accepted).hasSize(2);
        long first = accepted.get(0).path("position").asLong();

        JsonNode before = ask("/api/v1/books?position=" + (first - 1));
        JsonNode after = ask("/api/v1/books?position=" + first);

        assertThat(before.path("position").asLong()).isEqualTo(first - 1);
        assertThat(fen(before, "ACCEPTED")).isZero();
        assertThat(fen(after, "ACCEPTED")).isEqualTo(yuan(2_000));
        assertThat(after.path("asOf").asString())
                .isEqualTo(accepted.get(0).path("at").asString());
        for (long none : new long[] {0, -1, Long.MIN_VALUE}) {
            JsonNode empty = ask("/api/v1/books?batch=B1&position=" + none);
            assertThat(empty.path("sums")).isEmpty();
            assertThat(empty.path("budgetFen").asLong()).isZero();
            assertThat(empty.path("balanced").asBoolean()).isTrue();
        }
        assertThat(ask("/api/v1/books?at=1999-12-31T00:00:00Z").path("sums")).isEmpty();
    }

    @Test
    @Order(3)
    @DisplayName("ALL-03: a position or a moment that has not come yet is refused, in both languages")
    void in_the_future() {
        for (String when : List.of("position=" + (head + 1), "at=2020-03-01T00:00:01Z")) {
            var english = auditor().speaking("en").get("/api/v1/books?" + when);
            var chinese = auditor().speaking("zh-CN").get("/api/v1/books?" + when);
            String about = when.startsWith("position") ? "PositionAhead" : "MomentAhead";
            assertThat(english.status()).as(english.text()).isEqualTo(409);
            assertThat(english.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(english.text("about")).isEqualTo(about);
            assertThat(english.text("rule")).isEqualTo("ALL-03");
            assertThat(chinese.text("detail")).containsPattern("\\p{IsHan}");
            assertThat(english.text("detail"))
                    .as("a position is no amount")
                    .doesNotContain("¥")
                    .contains(when.startsWith("position") ? "asked: " + (head + 1) : "2020-03-01 08:00:01");
        }
        assertThat(ask("/api/v1/books?position=" + head).path("position").asLong())
                .isEqualTo(head);
        assertThat(auditor().get("/api/v1/books?at=2020-03-01T00:00:00Z").status())
                .isEqualTo(200);
    }

    @Test
    @Order(3)
    @DisplayName(
            "ALL-02: what is no position or no moment is malformed, in words that say what it must be, in both languages")
    void malformed() {
        for (String when : List.of("at=yesterday", "position=x", "at=2020-03-01T00:00:00")) {
            var english = auditor().speaking("en").get("/api/v1/books?" + when);
            var chinese = auditor().speaking("zh-CN").get("/api/v1/books?" + when);
            assertThat(english.status()).as(english.text()).isEqualTo(400);
            assertThat(english.text("detail"))
                    .contains(when.startsWith("at") ? "an instant with its offset, e.g. " : "a whole number");
            assertThat(chinese.text("detail")).contains(when.startsWith("at") ? "带时区的时刻" : "整数");
        }
    }

    @Test
    @Order(4)
    @DisplayName("ALL-03: a figure drills down to its postings, page by page, and each posting to its event")
    void drills_down() {
        long held = fen(ask("/api/v1/books?batch=B1"), "HELD");
        long sum = 0;
        int postings = 0;
        String cursor = "";
        do {
            JsonNode page = ask("/api/v1/books/postings?batch=B1&account=HELD&limit=3" + cursor);
            for (JsonNode posting : page.path("items")) {
                long amount = posting.path("amountFen").asLong();
                sum += posting.path("to").asString().equals("HELD") ? amount : -amount;
                postings++;
                JsonNode event =
                        ask(posting.path("event").asString()).path("items").get(0);
                assertThat(event.path("position")).isEqualTo(posting.path("position"));
                assertThat(event.path("type").asString())
                        .isEqualTo(posting.path("eventType").asString());
            }
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(postings).isGreaterThan(6);
        assertThat(sum).isEqualTo(held).isPositive();
    }

    private record Ran(int code, String out) {}

    private static Ran run(CapturedOutput output, String... arguments) {
        String before = output.getOut();
        var whole = new ArrayList<>(List.of(arguments));
        whole.addAll(List.of("--url", url, "--data", data.toString()));
        int code = VoucherCommandLine.run(whole.toArray(String[]::new));
        return new Ran(code, output.getOut().substring(before.length()));
    }

    @Test
    @Order(5)
    @DisplayName("ALL-03: books verify and recompute end with 0 while the books are what the log makes them")
    void verified(CapturedOutput output) {
        Ran verified = run(output, "books", "verify");
        assertThat(verified.out())
                .contains(head + " events checked")
                .contains("ALL-03 holds at every position up to " + head);
        assertThat(verified.code()).isZero();
        Ran recomputed = run(output, "recompute", "--view", "books", "--json");
        assertThat(recomputed.out()).contains("\"equal\":true").contains("\"position\":" + head);
        assertThat(recomputed.code()).isZero();
        Ran all = run(output, "recompute");
        assertThat(all.out()).contains("Every view is what the log makes it, bit for bit.");
        assertThat(all.code()).isZero();
        assertThat(run(output, "recompute", "--view", "nothing").code()).isEqualTo(1);
        assertThat(run(output, "books").code()).isEqualTo(2);
        assertThat(health().path("components").path("books").path("status").asString())
                .isEqualTo("UP");
        assertThat(gauge()).isEqualTo(1);
    }

    @Test
    @Order(5)
    @DisplayName("A recomputation is not started by whoever only reads the ledger")
    void recomputer() {
        var expert = Caller.anonymous(program.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
                .as(data, Role.EXPERT);
        String books = "/api/v1/projections/books/recomputation";

        assertThat(expert.post(books, "").status()).isEqualTo(403);
        assertThat(auditor().post(books, "").status()).isEqualTo(200);
    }

    private static JsonNode health() {
        return auditor().get("/actuator/health").json();
    }

    private static double gauge() {
        return auditor()
                .get("/actuator/metrics/ledger.books.balanced")
                .json()
                .path("measurements")
                .path(0)
                .path("value")
                .asDouble(-1);
    }

    @Test
    @Order(6)
    @DisplayName(
            "ALL-03: the first event after which the books do not balance raises the alarm: log, metric and health")
    void alarm(CapturedOutput output) throws TimeoutException {
        var unallocated = fen(ask("/api/v1/books?scheme=GZ-2020"), "UNALLOCATED");
        long sequence = program.getBean(LedgerStore.class)
                .events()
                .lastSequenceNumberFor("batch:B1")
                .orElseThrow();
        // A fen more than there is: the domain would never have written it.
        PlayedBefore.append(
                program.getBean(LedgerStore.class),
                List.of(raised(sequence + 1, unallocated + 1), raised(sequence + 2, 1)));
        settle();

        long first = program.getBean(Projections.class).positions().head() - 1;
        String alarm = "ALL-03: the books do not balance from position " + first;
        assertThat(output.getAll()).containsOnlyOnce(alarm);
        assertThat(gauge()).isZero();
        JsonNode books = health().path("components").path("books");
        assertThat(books.path("status").asString()).isEqualTo("DOWN");
        assertThat(books.path("details").path("violatedAt").asLong()).isEqualTo(first);
        assertThat(books.path("details").path("violation").asString()).contains("UNALLOCATED GZ-2020");
        assertThat(auditor().get("/actuator/health/liveness").status()).isEqualTo(200);

        Ran verified = run(output, "books", "verify");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).contains("first at position " + first).contains("UNALLOCATED GZ-2020");
    }

    private static DomainEventMessage<?> raised(long sequence, long fen) {
        return new GenericDomainEventMessage<>(
                "VoucherBatch",
                "batch:B1",
                sequence,
                new BudgetRaised("B1", "GZ-2020", fen, "穗工信〔2020〕0号", "无中生有"),
                MetaData.emptyInstance());
    }

    @Test
    @Order(7)
    @DisplayName("A view that was altered by hand is found by recompute, with 1")
    void altered(CapturedOutput output) {
        program.getBean(JdbcTemplate.class)
                .update(
                        "update view.balance set balance_fen = balance_fen + 1 where account = 'LAPSED' or account = 'HELD'");

        Ran recomputed = run(output, "recompute", "--view", BooksProjection.NAME);

        assertThat(recomputed.code()).isEqualTo(1);
        assertThat(recomputed.out()).contains("first in table balance").contains("NOT EVERY VIEW");
        assertThat(output.getAll())
                .as("told anew to the copy beside, the log alarms nobody again")
                .doesNotContain("do not balance from position");
    }
}
