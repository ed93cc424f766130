package org.voucherledger.projections.batchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherState.Balances;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.Rows;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Json;

class BatchBoardTest {

    private static final int STOPS = 25;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    @DisplayName("ALL-03: the board is what the domain's batches and vouchers add up to, at any moment of any season")
    void board_is_what_the_domain_adds_up_to(long seed) {
        try (var city = new RandomCity(seed).lives(300);
                var views = new TestViews(new BatchBoardProjection()).start()) {
            var events = city.events();
            int told = 0;
            for (int stop : Folded.stops(events, STOPS, seed)) {
                views.log().append(events.subList(told, stop));
                views.settle();
                told = stop;

                var soFar = events.subList(0, stop);
                var folded = new Folded(soFar);
                for (String id : folded.batches().keySet()) {
                    var row = views.jdbc().queryForMap("select * from view.batch where id = ?", id);
                    assertThat(row).as("%s after %d", id, stop).containsAllEntriesOf(accounts(folded, id));
                    assertThat(row).as("%s after %d", id, stop).containsAllEntriesOf(applications(soFar, id));
                    assertThat(Json.read(String.valueOf(row.get("vouchers_by_status")), Map.class))
                            .as("%s after %d", id, stop)
                            .isEqualTo(statuses(folded, id));
                    assertThat(views.jdbc().queryForObject(EQUATION, Long.class, id))
                            .as("budget of %s less the sum of its accounts, after %d", id, stop)
                            .isZero();
                }
            }
        }
    }

    private static final String EQUATION = "select budget_fen - available_fen - held_fen - ordered_fen - paid_fen"
            + " - accepted_fen - claimed_fen - redeemed_fen - lapsed_fen from view.batch where id = ?";

    private static List<VoucherState> vouchers(Folded folded, String batchId) {
        return folded.vouchers().values().stream()
                .filter(voucher -> voucher.issue().batchId().equals(batchId))
                .toList();
    }

    private static Map<String, Object> accounts(Folded folded, String batchId) {
        BatchState batch = folded.batches().get(batchId);
        var vouchers = vouchers(folded, batchId);
        var expected = new TreeMap<String, Object>();
        expected.put("available_fen", batch.available().value());
        expected.put("held_fen", sum(vouchers, Balances::heldFen));
        expected.put("ordered_fen", sum(vouchers, Balances::orderedFen));
        expected.put("paid_fen", sum(vouchers, Balances::paidFen));
        expected.put("accepted_fen", sum(vouchers, Balances::acceptedFen));
        expected.put("claimed_fen", sum(vouchers, Balances::claimedFen));
        expected.put("redeemed_fen", sum(vouchers, Balances::redeemedFen));
        expected.put("lapsed_fen", batch.lapsed().value());
        expected.put(
                "granted_fen",
                vouchers.stream().mapToLong(v -> v.issue().faceFen()).sum());
        expected.put("phase", batch.phase().name());
        expected.put("vouchers", (long) vouchers.size());
        expected.put("queue_closed", batch.queueClosed());
        return expected;
    }

    private static long sum(List<VoucherState> vouchers, ToLongFunction<Balances> account) {
        return vouchers.stream().map(VoucherState::balances).mapToLong(account).sum();
    }

    private static Map<String, Integer> statuses(Folded folded, String batchId) {
        var counts = new TreeMap<String, Integer>();
        vouchers(folded, batchId)
                .forEach(voucher -> counts.merge(voucher.status().name(), 1, Integer::sum));
        return counts;
    }

    /** By the last event that names the application, whatever came before. */
    private static Map<String, Object> applications(List<TrackedEventMessage<?>> events, String batchId) {
        var last = new TreeMap<Object, String>();
        for (var event : events) {
            String kind = event.getPayloadType().getSimpleName();
            var fields = Json.read(Json.write(event.getPayload()), Map.class);
            if (kind.matches("Application(?!sEnded).*") && batchId.equals(fields.get("batchId"))) {
                last.put(fields.get("applicationId"), kind);
            }
        }
        var counts = new TreeMap<String, Object>();
        counts.put("applications", (long) last.size());
        Map.of(
                        "granted", "ApplicationGranted",
                        "skipped", "ApplicationSkipped",
                        "not_granted", "ApplicationNotGranted",
                        "waiting", "ApplicationWaitlisted",
                        "withdrawn", "ApplicationWithdrawn")
                .forEach((column, kind) -> counts.put(
                        column, last.values().stream().filter(kind::equals).count()));
        return counts;
    }

    @Test
    @DisplayName("Batches are listed by scheme, page by page, and read one by one")
    void batches_are_listed() {
        try (var city = new RandomCity(3).lives(20);
                var views = new TestViews(new BatchBoardProjection());
                var rows = new Rows(views.dataSource())) {
            views.log().append(city.events());
            views.start().settle();
            var board = new BatchBoard(rows.repository(BatchRows.class));

            assertThat(rows.read(() -> board.list(null, "", 10)))
                    .extracting(BatchRow::id)
                    .containsExactly("B1", "B2");
            assertThat(rows.read(() -> board.list(GuangzhouTerms.SCHEME, "B1", 10)))
                    .extracting(BatchRow::id)
                    .containsExactly("B2");
            assertThat(rows.read(() -> board.list(GuangzhouTerms.SCHEME, "", 1)))
                    .extracting(BatchRow::id)
                    .containsExactly("B1");
            assertThat(rows.read(() -> board.list("another", "", 10))).isEmpty();
            assertThat(rows.read(() -> board.one("B3"))).isEmpty();

            BatchRow one = rows.read(() -> board.one("B1")).orElseThrow();
            assertThat(one.phase()).isEqualTo(BatchPhase.CLOSED);
            var json = Json.read(Json.write(one), Map.class);
            assertThat(json.keySet())
                    .contains("id", "schemeId", "budgetFen", "vouchersByStatus", "applyUntil", "changedPosition");
            assertThat(json.get("vouchersByStatus")).isEqualTo(statuses(new Folded(city.events()), "B1"));
        }
    }
}
