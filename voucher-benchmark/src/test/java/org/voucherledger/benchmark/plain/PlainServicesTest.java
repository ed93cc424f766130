package org.voucherledger.benchmark.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.benchmark.plainaxon.PlainAxon;
import org.voucherledger.benchmark.plainjpa.Caller;
import org.voucherledger.benchmark.plainjpa.PlainCity;
import org.voucherledger.benchmark.plainjpa.PlainJpa;
import org.voucherledger.benchmark.plainjpa.VoucherService;
import org.voucherledger.benchmark.raw.CopyIn;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;

/** What the ledger is measured beside does the same work: a contender that left half of it out would win for nothing. */
class PlainServicesTest {

    private static final int ENTERPRISES = 40;
    private static final City CITY = new City("Q000", ENTERPRISES);

    /** What one command has left behind: what happened and what was kept with it, without the identifiers. */
    private static final String RECORDED = """
            select type, payload_type, payload_revision,
                (select string_agg(key, ',' order by key) from jsonb_object_keys(convert_from(payload, 'UTF8')::jsonb) key),
                (select string_agg(key, ',' order by key) from jsonb_object_keys(convert_from(meta_data, 'UTF8')::jsonb) key)
            from ledger.domain_event where convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' = ? order by global_index
            """;

    private static BenchLedger ledger;

    @BeforeAll
    static void found(@TempDir Path scratch) {
        ledger = BenchLedger.fresh(scratch);
        ledger.clock().at("2020-04-01T09:00");
        CITY.founding().forEach(ledger::does);
        for (int batch = 1; batch <= 2; batch++) {
            ledger.does(CITY.opens(CITY.batch(batch), Season.budget(ENTERPRISES), Season.OPENS, Season.CLOSES));
        }
        ledger.clock().at("2020-04-20T10:00");
        ledger.does(CITY.applications(CITY.batch(1), 0, ENTERPRISES));
    }

    @AfterAll
    static void end() {
        ledger.close();
    }

    @Test
    @DisplayName("the plain Axon path records and answers what the lanes do, whoever comes first")
    void plainAxon() {
        try (var axon = new PlainAxon(ledger)) {
            axon.rate(CITY.applications(CITY.batch(2), 0, ENTERPRISES), 60);
        }

        assertThat(recorded("Q000-apply-" + CITY.batch(2) + "-7"))
                .isNotEmpty()
                .isEqualTo(recorded("Q000-apply-" + CITY.batch(1) + "-7"));
        assertThat(ledger.number(
                        "select count(distinct answer -> 'result' ->> 'position') from ledger.command_answer"
                                + " where command_type = 'Apply' and idempotency_key like ?",
                        "%" + CITY.batch(2) + "-%"))
                .isEqualTo(ENTERPRISES);
    }

    private static List<List<Object>> recorded(String commandId) {
        return ledger.sql()
                .query(
                        RECORDED,
                        (row, n) -> IntStream.rangeClosed(1, 5)
                                .mapToObj(column -> (Object) String.valueOf(string(row, column)))
                                .toList(),
                        commandId);
    }

    private static String string(ResultSet row, int column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("pgbench, the driver that stands in for it, and COPY write as many rows as the command did")
    void rawRows() {
        String sample = "Q000-apply-" + CITY.batch(1) + "-39";
        long events = recorded(sample).size();

        assertThat(Pgbench.like(ledger, sample).rate(2, 1)).isPositive();
        assertThat(raw("event")).isEqualTo(events * raw("answer")).isPositive();
        assertThat(Pgbench.like(ledger, sample, 100).overJdbc().rate(2, 1)).isPositive();
        assertThat(raw("event")).isEqualTo(events * raw("answer")).isPositive();
        assertThat(raw("answer") % (100 / (events + 1))).isZero();
        assertThat(CopyIn.like(ledger, sample).rate(50)).isPositive();
        assertThat(raw("event")).isEqualTo(events * 50);
        assertThat(raw("answer")).isEqualTo(50);
        assertThat(ledger.number("select sum(length(payload) + length(meta_data)) from raw.event"))
                .isEqualTo(50
                        * ledger.number(
                                "select sum(length(payload) + length(meta_data)) from ledger.domain_event"
                                        + " where convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' = ?",
                                sample));
    }

    private static long raw(String table) {
        return ledger.number("select count(*) from raw." + table);
    }

    @Test
    @DisplayName("the plain service applies, grants, orders and pays, each once, and refuses what it must")
    void plainJpa() {
        PlainCity.found(ledger.sql(), CITY, ENTERPRISES).opens("B", Season.budget(ENTERPRISES));
        List<Integer> all = IntStream.range(0, ENTERPRISES).boxed().toList();
        try (var jpa = PlainJpa.over(ledger.pool())) {
            jpa.rate(8, all, 60, (service, n) -> service.apply(by(n, "apply"), "B", apply(n)));
            assertThat(ledger.texts("select position::text as at from plain.application order by position"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, ENTERPRISES)
                            .mapToObj(Integer::toString)
                            .toList());
            jpa.rate(1, List.of(1), 60, (service, once) -> {
                assertThat(service.apply(by(0, "apply"), "B", apply(0))).contains("applicationId");
                refuses("AlreadyApplied", () -> service.apply(by(0, "again"), "B", apply(0)));
                assertThat(service.grant(new Caller("operator-1", "", "grant"), "B", new VoucherService.Grant(100)))
                        .contains("\"more\":false");
                var voucher = ledger.texts(
                        "select id from plain.voucher where enterprise_id = ? order by id", CITY.enterprise(0));
                var order = new VoucherService.Order(CITY.provider(0), City.FACE_FEN);
                refuses("NotTheParty", () -> service.order(by(1, "order"), voucher.get(0), order));
                service.order(by(0, "order"), voucher.get(0), order);
                service.order(by(0, "order"), voucher.get(0), order);
                service.order(by(0, "order-2"), voucher.get(1), order);
                service.pay(by(0, "pay"), voucher.get(0), pay("I"));
                assertThatThrownBy(() -> service.pay(by(0, "pay-2"), voucher.get(1), pay("I")))
                        .as("an invoice pays for one voucher")
                        .hasStackTraceContaining("used_once_pkey");
            });
        }
        assertThat(ledger.texts(
                        "select status from plain.voucher where enterprise_id = ? order by id", CITY.enterprise(0)))
                .containsExactly("PAID", "ORDERED");
        assertThat(ledger.number("select reserved_fen from plain.provider where id = ?", CITY.provider(0)))
                .isEqualTo(City.FACE_FEN);
        assertThat(ledger.number("select taken_fen from plain.provider where id = ?", CITY.provider(0)))
                .isEqualTo(City.FACE_FEN);
        assertThat(ledger.number("select sum(charged_fen) from plain.enterprise_quota"))
                .isEqualTo(ledger.number("select granted_fen from plain.batch"))
                .isEqualTo(ENTERPRISES * 2L * City.FACE_FEN);
        assertThat(ledger.number("select count(*) from plain.audit_entry")).isEqualTo(ENTERPRISES + 4);
    }

    private static void refuses(String about, ThrowingCallable request) {
        assertThatThrownBy(request).hasMessage(about);
    }

    private static Caller by(int enterprise, String key) {
        String code = CITY.enterprise(enterprise);
        return new Caller("handler-of-" + code, code, key);
    }

    private static VoucherService.Apply apply(int enterprise) {
        return new VoucherService.Apply(
                CITY.enterprise(enterprise), 2 * City.FACE_FEN, List.of(City.FACE_FEN, City.FACE_FEN));
    }

    private static VoucherService.Pay pay(String invoice) {
        return new VoucherService.Pay(City.FACE_FEN, List.of(invoice), List.of("T"));
    }
}
