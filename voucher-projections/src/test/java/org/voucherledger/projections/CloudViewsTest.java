package org.voucherledger.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksVerification;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Json;

/** Every view over the life of cloud vouchers is the domain's word, told piece by piece and rebuilt from zero. */
class CloudViewsTest {

    private static final int STEPS = 600;

    private static TestViews told(RandomProvince province) {
        var views = new TestViews().start();
        int from = 0;
        for (int stop : Folded.stops(province.events(), 20, 5)) {
            views.log().append(province.events().subList(from, stop));
            from = stop;
        }
        views.settle();
        return views;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("ALL-03: the books of cloud batches balance, and recomputing them from the raw events gives the same")
    void books(long seed) throws Exception {
        try (var province = new RandomProvince(seed).lives(STEPS);
                var views = told(province)) {
            var verified = new BooksVerification(
                            views.views(), views.projections(), new Books(views.dataSource()), views.eventLog())
                    .verify()
                    .value();
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.violations()).isEmpty();
            assertThat(verified.balanced()).isTrue();
            assertThat(views.jdbc()
                            .queryForObject(
                                    "select count(*) from view.posting where event_type = 'CityQuotaMoved'",
                                    Long.class))
                    .isPositive();
        }
    }

    @Test
    @DisplayName(
            "CL-03, CL-08: vouchers, batches, applications, accounts and claims stand in the views as in the domain")
    void views() {
        try (var province = new RandomProvince(4).lives(STEPS);
                var views = told(province)) {
            var folded = new Folded(province.events());
            var outcomes = new TreeMap<String, String>();
            views.jdbc().query("select * from view.application", row -> {
                outcomes.put(row.getString("id"), row.getString("outcome"));
                assertThat(row.getLong("granted_fen"))
                        .isEqualTo(row.getString("outcome").equals("GRANTED") ? row.getLong("asked_fen") : 0);
            });
            assertThat(outcomes).hasSameSizeAs(folded.vouchers());
            var seen = new TreeSet<VoucherStatus>();
            views.jdbc().query("select * from view.voucher", row -> {
                String id = row.getString("id");
                VoucherState voucher = folded.vouchers().get(id);
                seen.add(voucher.status());
                assertThat(row.getString("status")).isEqualTo(voucher.status().name());
                assertThat(row.getLong("held_fen")).isEqualTo(voucher.balances().heldFen());
                assertThat(row.getLong("claimed_fen"))
                        .isEqualTo(voucher.balances().claimedFen());
                assertThat(row.getLong("redeemed_fen"))
                        .isEqualTo(voucher.balances().redeemedFen());
                assertThat(row.getLong("back_fen")).isEqualTo(voucher.balances().backFen());
                var due = province.city()
                        .ledger()
                        .look(l -> VoucherDossier.of(l, id).deadlines());
                assertThat(row.getTimestamp("redemption_until").toInstant()).isEqualTo(due.redemptionUntil());
                assertThat(row.getTimestamp("order_by")).isNull();
                assertThat(outcomes.get(row.getString("application_id"))).isEqualTo(outcome(voucher));
            });
            assertThat(seen).hasSizeGreaterThan(5).contains(VoucherStatus.WITHDRAWN, VoucherStatus.NOT_ADMITTED);
            folded.batches().forEach((id, batch) -> {
                Map<String, Object> row = views.jdbc().queryForMap("select * from view.batch where id = ?", id);
                assertThat(row)
                        .containsEntry("available_fen", batch.available().value())
                        .containsEntry("lapsed_fen", batch.lapsed().value())
                        .containsEntry("phase", batch.phase().name());
                assertThat(views.jdbc()
                                .queryForObject(
                                        "select budget_fen - available_fen - held_fen - claimed_fen - redeemed_fen - lapsed_fen"
                                                + " from view.batch where id = ?",
                                        Long.class,
                                        id))
                        .isZero();
            });
            var provider = views.jdbc()
                    .queryForMap(
                            "select reserved_fen, taken_fen from view.provider_account where provider_id = ?",
                            Cast.code("P1"));
            var quota = folded.providerQuotas().get(GuangdongCloudTerms.SCHEME + ":" + Cast.code("P1") + ":2020");
            assertThat(provider)
                    .containsEntry("reserved_fen", quota.reserved().value())
                    .containsEntry("taken_fen", quota.taken().value());
            views.jdbc().query("select claim_id, voucher_id, approved_fen, claimed_fen from view.claim_item", row -> {
                String claimId = row.getString("claim_id");
                ClaimState claim =
                        province.city().ledger().look(l -> l.claim(claimId).now());
                var item = claim.item(row.getString("voucher_id"));
                assertThat(row.getLong("claimed_fen")).isEqualTo(item.claimedFen());
                // Nobody has approved what nobody has reviewed.
                assertThat(row.getObject("approved_fen"))
                        .isEqualTo(claim.reviewed() == null ? null : item.approvedFen());
                assertThat(views.jdbc()
                                .queryForObject(
                                        "select claimant_id from view.claim where id = ?", String.class, claimId))
                        .isEqualTo(
                                folded.vouchers().get(item.voucherId()).issue().enterpriseId());
            });
        }
    }

    private static String outcome(VoucherState voucher) {
        return switch (voucher.status()) {
            case RESERVED -> "QUEUED";
            case WITHDRAWN -> "WITHDRAWN";
            case NOT_ADMITTED -> "NOT_GRANTED";
            default -> "GRANTED";
        };
    }

    @Test
    @DisplayName("ALL-04: what happens to a cloud voucher stands in the trail of its enterprise and its provider")
    void trail() {
        try (var province = new RandomProvince(5).lives(200);
                var views = told(province)) {
            String voucher =
                    new Folded(province.events()).vouchers().keySet().iterator().next();
            VoucherState state = province.city().state(voucher);
            assertThat(views.jdbc()
                            .queryForList(
                                    "select e.type from view.audit_event e join view.audit_concern c on c.position = e.position"
                                            + " where c.kind = 'ENTERPRISE' and c.id = ?",
                                    String.class,
                                    state.issue().enterpriseId()))
                    .contains("VoucherReserved");
            assertThat(Json.write(state)).contains("cloud");
        }
    }

    @Test
    @DisplayName("Every view of cloud vouchers rebuilt from zero is the view told live")
    void rebuilt() throws Exception {
        try (var province = new RandomProvince(6).lives(STEPS);
                var views = told(province)) {
            var live = new TreeMap<String, Object>();
            views.projections().names().forEach(name -> live.put(name, views.contents(views.serving(name))));
            for (String name : views.projections().names()) {
                views.projections().rebuild(name).get(60, TimeUnit.SECONDS);
            }
            views.settle();
            live.forEach((name, contents) -> {
                assertThat(views.serving(name)).isEqualTo(name + "_b");
                assertThat(views.contents(name + "_b")).as(name).isEqualTo(contents);
            });
        }
    }
}
