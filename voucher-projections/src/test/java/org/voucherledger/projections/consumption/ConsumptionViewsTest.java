package org.voucherledger.projections.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksVerification;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.RandomCycle;
import org.voucherledger.projections.fixture.TestViews;

/** What the views make of consumption vouchers (CV-01): the domain's word, at any moment, told once or anew. */
class ConsumptionViewsTest {

    /** Views of what happens to enterprises' applications, and of complaints; there are none in a cycle. */
    private static final Set<String> NOT_OF_A_CYCLE = Set.of("applications", "catalogue", "findings");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("ALL-03: the books of any cycle balance, and recomputing them from the raw events gives the same")
    void books(long seed) throws Exception {
        try (var cycle = new RandomCycle(seed).lives(500);
                var views = new TestViews().start()) {
            views.log().append(cycle.events());
            views.settle();

            var verified = new BooksVerification(
                            views.views(), views.projections(), new Books(views.dataSource()), views.eventLog())
                    .verify()
                    .value();
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.violations()).isEmpty();
            assertThat(verified.balanced()).isTrue();
            assertThat(views.jdbc()
                            .queryForList(
                                    "select distinct from_account || ' ' || to_account from view.posting"
                                            + " where event_type in ('VoucherTaken', 'VoucherUsed', 'PurchaseUndone')",
                                    String.class))
                    .containsExactlyInAnyOrder("AVAILABLE HELD", "HELD ACCEPTED", "ACCEPTED HELD");
        }
    }

    @Test
    @DisplayName("CV-01: boards and counts are the domain's, at any moment of a cycle")
    void boards() {
        try (var cycle = new RandomCycle(4).lives(500);
                var views = new TestViews().start()) {
            var seen = new TreeSet<VoucherStatus>();
            int told = 0;
            for (int stop : Folded.stops(cycle.events(), 12, 4)) {
                views.log().append(cycle.events().subList(told, stop));
                views.settle();
                told = stop;
                var folded = new Folded(cycle.events().subList(0, stop));
                folded.vouchers().values().forEach(voucher -> seen.add(voucher.status()));
                boardsAgree(views, folded);
            }
            assertThat(seen)
                    .contains(
                            VoucherStatus.ISSUED,
                            VoucherStatus.ACCEPTED,
                            VoucherStatus.CLAIMED,
                            VoucherStatus.PUBLISHED,
                            VoucherStatus.REDEEMED,
                            VoucherStatus.RETURNED,
                            VoucherStatus.REVOKED);
        }
    }

    private static void boardsAgree(TestViews views, Folded folded) {
        var expected = new TreeMap<String, String>();
        folded.vouchers().forEach((id, voucher) -> expected.put(id, row(voucher)));
        var shown = new TreeMap<String, String>();
        views.jdbc()
                .query(
                        "select id, status || ' ' || holder_ref || ' ' || category || ' ' || threshold_fen || ' '"
                                + " || held_fen || ' ' || accepted_fen || ' ' || claimed_fen || ' ' || redeemed_fen || ' '"
                                + " || coalesce(provider_id, '-') || ' ' || coalesce(purchase_reference, '-') || ' '"
                                + " || coalesce(purchase_fen, 0) || ' ' || (enterprise_id is null and"
                                + " application_id is null) from view.voucher",
                        row -> {
                            shown.put(row.getString(1), row.getString(2));
                        });
        assertThat(shown).isEqualTo(expected);

        var counts = new TreeMap<String, Integer>();
        folded.holderQuotas()
                .forEach((id, quota) -> quota.taken().forEach((category, n) -> counts.put(id + ":" + category, n)));
        var accounts = new TreeMap<String, Integer>();
        views.jdbc().query("select id, taken, most_per_holder from view.holder_account", row -> {
            accounts.put(row.getString(1), row.getInt(2));
            assertThat(row.getInt(3)).isEqualTo(row.getString(1).endsWith("CATERING") ? 2 : 3);
        });
        assertThat(accounts).isEqualTo(counts);

        folded.batches().forEach((id, batch) -> {
            var row = views.jdbc().queryForMap("select * from view.batch where id = ?", id);
            assertThat(row.get("available_fen")).isEqualTo(batch.available().value());
            assertThat(row.get("lapsed_fen")).isEqualTo(batch.lapsed().value());
            assertThat(row.get("vouchers")).isEqualTo((long) folded.vouchers().size());
            assertThat(row.get("granted_fen"))
                    .isEqualTo(folded.vouchers().values().stream()
                            .mapToLong(voucher -> voucher.issue().faceFen())
                            .sum());
            long whole =
                    List.of("available", "held", "ordered", "paid", "accepted", "claimed", "redeemed", "lapsed")
                            .stream()
                            .mapToLong(account -> (long) row.get(account + "_fen"))
                            .sum();
            assertThat(whole).as("ALL-03").isEqualTo(row.get("budget_fen"));
        });
    }

    private static String row(VoucherState v) {
        var money = v.balances();
        var purchase = v.purchase();
        return "%s %s %s %d %d %d %d %d %s %s %d true"
                .formatted(
                        v.status(),
                        v.issue().holderRef(),
                        v.issue().category(),
                        v.issue().thresholdFen(),
                        money.heldFen(),
                        money.acceptedFen(),
                        money.claimedFen(),
                        money.redeemedFen(),
                        purchase == null ? "-" : purchase.providerId(),
                        purchase == null ? "-" : purchase.purchaseReference(),
                        purchase == null ? 0 : purchase.purchaseFen());
    }

    @Test
    @DisplayName(
            "ALL-04, ALL-05: a holder's trail is what concerns its vouchers, by its reference; a merchant's likewise")
    void trail() {
        try (var cycle = new RandomCycle(5).lives(300);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer())).start()) {
            views.log().append(cycle.events());
            views.settle();
            var trail = new AuditTrail(views.dataSource(), TestViews.serializer());
            var folded = new Folded(cycle.events());
            var used = folded.vouchers().values().stream()
                    .filter(voucher -> voucher.status() == VoucherStatus.REDEEMED)
                    .findFirst()
                    .orElseThrow();
            var types = trail.of(new Subject(SubjectKind.HOLDER, used.issue().holderRef()), -1, 1_000).stream()
                    .map(entry -> entry.type())
                    .toList();
            assertThat(types).contains("HolderQuotaCharged", "VoucherTaken", "VoucherUsed", "ItemSettled");
            assertThat(trail.of(new Subject(SubjectKind.PROVIDER, used.providerId()), -1, 1_000))
                    .extracting(entry -> entry.type())
                    .contains("VoucherUsed", "ItemClaimed", "ItemSettled");
        }
    }

    @Test
    @DisplayName("CV-01: every view of a cycle is the same when it is told the whole log anew")
    void rebuilt() throws Exception {
        try (var cycle = new RandomCycle(6).lives(300);
                var views = new TestViews()) {
            views.log().append(cycle.events().subList(0, 100));
            views.start().settle();
            views.log().append(cycle.events().subList(100, cycle.events().size()));
            views.settle();
            for (String name : views.projections().names()) {
                var before = views.contents(views.serving(name));
                String served = views.serving(name);
                views.projections().rebuild(name).get(60, TimeUnit.SECONDS);
                assertThat(views.serving(name)).isNotEqualTo(served);
                assertThat(views.contents(views.serving(name))).as(name).isEqualTo(before);
                assertThat(before.values().stream().mapToInt(List::size).sum())
                        .as(name)
                        .isGreaterThanOrEqualTo(NOT_OF_A_CYCLE.contains(name) ? 0 : 1);
            }
        }
    }
}
