package org.voucherledger.projections.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.projections.account.AccountProjection;
import org.voucherledger.projections.affected.Affected;
import org.voucherledger.projections.affected.AffectedPage;
import org.voucherledger.projections.affected.AffectedPages;
import org.voucherledger.projections.affected.Matter;
import org.voucherledger.projections.applications.ApplicationsProjection;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/** ALL-06: who gains or loses by a decision of the authority, foretold and as it was recorded. */
class AffectedTest {

    private static TestViews views() {
        return new TestViews(
                        new VoucherBoardProjection(),
                        new ApplicationsProjection(),
                        new AccountProjection(),
                        new AuditTrailProjection(TestViews.serializer()))
                .start();
    }

    private static MoveDate move(String batch, BatchDate date, String to) {
        return new MoveDate(batch, date, shanghai(to), "通知", "疫情");
    }

    /** Tells everything at once and answers whom the last decision but so many affected. */
    private static List<Affected> recorded(TestViews views, City city, int fromTheEnd) {
        views.log().append(city.ledger().events());
        views.settle();
        var trail = new AuditTrail(views.dataSource(), TestViews.serializer());
        List<AuditEntry> decisions = trail.decisions(null, -1, 1_000);
        long position = decisions.get(decisions.size() - 1 - fromTheEnd).position();
        return new AffectedPages(views.dataSource()).recorded(position, "", 100).items();
    }

    /** V1 is not ordered, V2 ordered, V3 contracted, V4 accepted with a remainder, V5 returned. */
    private static String granted(City city) {
        city.at("2020-05-01T09:00");
        String batch = city.grants(
                voucher("V1").worth(yuan(5_000)).to("E1"),
                voucher("V2").worth(yuan(5_000)).to("E2"),
                voucher("V3").worth(yuan(5_000)).to("E3"),
                voucher("V4").worth(yuan(5_000)).to("E4"),
                voucher("V5").worth(yuan(5_000)).to("E5"));
        city.at("2020-05-20T09:00");
        city.orders("V2").from("P1").using(yuan(3_000)).wasAccepted();
        city.contracts("V3", yuan(3_000)).wasAccepted();
        city.accepts("V4", yuan(3_000)).wasAccepted();
        city.sends(new ReturnVoucher(city.id("V5"), "不用了")).wasAccepted();
        return batch;
    }

    private static Affected of(List<Affected> all, String voucherId) {
        return all.stream()
                .filter(each -> voucherId.equals(each.voucherId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "ALL-06, GZ-20, GZ-30: a moved order deadline concerns who has not paid, and when an unordered voucher goes back;"
                    + " what happens afterwards changes nothing of it")
    void orderDeadline() {
        try (var city = new City();
                var views = views()) {
            String batch = granted(city);
            city.sends(move(batch, BatchDate.ORDER_DEADLINE, "2020-06-15T00:00"))
                    .wasAccepted();
            city.sends(new ReturnVoucher(city.id("V1"), "不用了")).wasAccepted();

            List<Affected> all = recorded(views, city, 0);

            assertThat(all)
                    .extracting(Affected::voucherId)
                    .containsExactly(city.id("V1"), city.id("V2"), city.id("V3"));
            assertThat(all).allSatisfy(each -> {
                assertThat(each.matter()).isEqualTo(Matter.ORDER_UNTIL);
                assertThat(each.rule()).isEqualTo("GZ-20");
                assertThat(each.fromAt()).isEqualTo(shanghai("2020-06-01T00:00"));
                assertThat(each.toAt()).isEqualTo(shanghai("2020-06-15T00:00"));
                assertThat(each.lapseRule()).isEqualTo("GZ-30");
                assertThat(each.gains()).isTrue();
            });
            Affected ordered = of(all, city.id("V2"));
            assertThat(ordered.lapseFromAt()).isEqualTo(shanghai("2020-06-01T00:00"));
            assertThat(ordered.lapseToAt()).isEqualTo(shanghai("2020-06-15T00:00"));
            assertThat(ordered.lapseFen()).isEqualTo(yuan(5_000));
            assertThat(ordered.enterpriseId()).isEqualTo(Cast.code("E2"));
            assertThat(ordered.providerId()).isEqualTo(Cast.code("P1"));
            Affected contracted = of(all, city.id("V3"));
            assertThat(contracted.lapseFromAt())
                    .as("it waits for its validity, which did not move")
                    .isEqualTo(contracted.lapseToAt())
                    .isEqualTo(shanghai("2020-12-01T00:00"));
        }
    }

    @Test
    @DisplayName("ALL-06, GZ-25, GZ-30, GZ-33: a shorter validity takes the unpaid voucher and the remainder earlier")
    void validity() {
        try (var city = new City();
                var views = views()) {
            String batch = granted(city);
            city.sends(move(batch, BatchDate.VALID_UNTIL, "2020-05-25T00:00")).wasAccepted();
            city.sends(move(batch, BatchDate.REDEMPTION_UNTIL, "2021-02-01T00:00"))
                    .wasAccepted();

            List<Affected> claims = recorded(views, city, 0);
            assertThat(claims).hasSize(4).allMatch(Affected::gains).allSatisfy(each -> {
                assertThat(each.matter()).isEqualTo(Matter.CLAIM_UNTIL);
                assertThat(each.rule()).isEqualTo("GZ-40");
            });
            assertThat(of(claims, city.id("V4")).lapseRule()).isEqualTo("GZ-33");
            assertThat(of(claims, city.id("V4")).lapseToAt()).isEqualTo(shanghai("2021-02-01T00:00"));

            List<Affected> valid = new AffectedPages(views.dataSource())
                    .recorded(
                            new AuditTrail(views.dataSource(), TestViews.serializer())
                                    .decisions(null, -1, 10)
                                    .getFirst()
                                    .position(),
                            "",
                            10)
                    .items();
            assertThat(valid).hasSize(4).noneMatch(Affected::gains);
            assertThat(of(valid, city.id("V1")).lapseToAt())
                    .as("ordering ends with the validity at the latest")
                    .isEqualTo(shanghai("2020-05-25T00:00"));
            Affected accepted = of(valid, city.id("V4"));
            assertThat(accepted.lapseRule()).isEqualTo("GZ-25");
            assertThat(accepted.lapseFen()).isEqualTo(yuan(2_000));
            assertThat(accepted.lapseToAt()).isEqualTo(shanghai("2020-05-25T00:00"));
        }
    }

    @Test
    @DisplayName("ALL-06, GZ-40: what can be claimed earlier gains")
    void claimFrom() {
        try (var city = new City();
                var views = views()) {
            String batch = granted(city);
            city.sends(move(batch, BatchDate.REDEMPTION_FROM, "2020-05-21T00:00"))
                    .wasAccepted();
            assertThat(recorded(views, city, 0))
                    .hasSize(4)
                    .allMatch(Affected::gains)
                    .extracting(Affected::matter)
                    .containsOnly(Matter.CLAIM_FROM);
        }
    }

    /** E1 asks 5,000 yuan, E2 8,000 and E3 3,000, of 10,000. */
    private static void queued(City city) {
        city.at("2020-04-01T09:00");
        city.opensBatch("B1", yuan(10_000), city.now(), shanghai("2020-04-30T17:00"))
                .wasAccepted();
        city.applies("E1", "B1", yuan(5_000)).wasAccepted();
        city.applies("E2", "B1", yuan(8_000)).wasAccepted();
        city.applies("E3", "B1", yuan(3_000)).wasAccepted();
    }

    private static List<String> grants(List<Affected> all) {
        return all.stream()
                .filter(each -> each.matter() == Matter.GRANT)
                .map(each -> each.enterpriseId() + " " + each.fromFen() + " " + each.toFen() + " " + each.gains())
                .toList();
    }

    private static List<String> reallyGranted(TestViews views) {
        var rows = new ArrayList<String>();
        views.jdbc().query("select enterprise_id, granted_fen from view.application order by position", row -> {
            rows.add(row.getString(1) + " " + row.getLong(2));
        });
        return rows;
    }

    @ParameterizedTest(name = "raised by {0} fen: {1}")
    @CsvSource({"299999, ''", "300000, E2", "599999, E2", "600000, E2 E3"})
    @DisplayName("ALL-06, GZ-12: a raise is granted down the order, up to the first application that no longer fits")
    void raise(long fen, String gaining) {
        try (var city = new City();
                var views = views()) {
            queued(city);
            city.sends(new RaiseBudget("B1", fen, "通知", "追加")).wasAccepted();
            city.at("2020-04-30T17:00");
            city.grantsAndPublishes("B1");

            List<Affected> all = recorded(views, city, 0);

            var expected = new ArrayList<String>();
            var really = new ArrayList<>(List.of(Cast.code("E1") + " 500000"));
            Map.of("E2", 800_000L, "E3", 300_000L).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(each -> {
                        boolean gains = gaining.contains(each.getKey());
                        if (gains) {
                            expected.add(Cast.code(each.getKey()) + " 0 " + each.getValue() + " true");
                        }
                        really.add(Cast.code(each.getKey()) + " " + (gains ? each.getValue() : 0));
                    });
            assertThat(grants(all)).isEqualTo(expected);
            assertThat(reallyGranted(views)).as("what the domain then granted").isEqualTo(really);
            assertThat(all.getFirst().matter()).isEqualTo(Matter.BUDGET);
            assertThat(all.getFirst().fromFen()).isEqualTo(yuan(10_000));
            assertThat(all.getFirst().toFen()).isEqualTo(yuan(10_000) + fen);
        }
    }

    @Test
    @DisplayName(
            "ALL-06, GZ-12: what is taken back is missed by the last in the order; where the scheme says so, in part")
    void takenBack() {
        try (var city = new City(GuangzhouTerms.with(GuangzhouTerms.Draft::grantsInPart));
                var views = views()) {
            queued(city);
            city.sends(new TakeBudgetBack("B1", BackAccount.AVAILABLE, yuan(6_000), "通知", "收回"))
                    .wasAccepted();
            assertThat(grants(recorded(views, city, 0)))
                    .containsExactly(Cast.code("E1") + " 500000 400000 false", Cast.code("E2") + " 500000 0 false");
        }
    }

    @Test
    @DisplayName(
            "ALL-06, GZ-14: after publication a raise reaches the waiting list while backfill is open, else nobody")
    void waitingList() {
        try (var city = new City(GuangzhouTerms.with(t -> t.backfillUntil(shanghai("2020-08-01T00:00"))));
                var views = views()) {
            queued(city);
            city.at("2020-04-30T17:00");
            city.grantsAndPublishes("B1");
            city.sends(new RaiseBudget("B1", yuan(3_000), "通知", "追加")).wasAccepted();
            city.sends(move("B1", BatchDate.BACKFILL_UNTIL, "2020-05-10T00:00")).wasAccepted();
            city.at("2020-05-10T00:00");
            city.sends(new RaiseBudget("B1", yuan(3_000), "通知", "追加")).wasAccepted();

            assertThat(grants(recorded(views, city, 0))).isEmpty();
            var trail = new AuditTrail(views.dataSource(), TestViews.serializer());
            var decisions = trail.decisions(null, -1, 10);
            var pages = new AffectedPages(views.dataSource());
            assertThat(grants(
                            pages.recorded(decisions.get(0).position(), "", 10).items()))
                    .containsExactly(Cast.code("E2") + " 0 800000 true");
            assertThat(pages.recorded(decisions.get(1).position(), "", 10).items())
                    .hasSize(2)
                    .allSatisfy(each -> {
                        assertThat(each.matter()).isEqualTo(Matter.WAIT_UNTIL);
                        assertThat(each.rule()).isEqualTo("GZ-14");
                        assertThat(each.toAt()).isEqualTo(shanghai("2020-05-10T00:00"));
                        assertThat(each.gains()).isFalse();
                    });
        }
    }

    @Test
    @DisplayName("ALL-06, GZ-10: a longer window is longer for whoever may withdraw, page by page")
    void window() {
        try (var city = new City();
                var views = views()) {
            queued(city);
            city.sends(move("B1", BatchDate.APPLY_UNTIL, "2020-05-10T17:00")).wasAccepted();
            List<Affected> all = recorded(views, city, 0);
            assertThat(all)
                    .extracting(Affected::matter)
                    .containsOnly(Matter.WITHDRAW_UNTIL)
                    .hasSize(3);

            long position = new AuditTrail(views.dataSource(), TestViews.serializer())
                    .decisions(null, -1, 10)
                    .getFirst()
                    .position();
            var pages = new AffectedPages(views.dataSource());
            AffectedPage first = pages.recorded(position, "", 2);
            AffectedPage second = pages.recorded(position, first.next(), 2);
            assertThat(first.affected()).isEqualTo(3);
            assertThat(first.gaining()).isEqualTo(3);
            assertThat(first.items()).hasSize(2);
            assertThat(second.items()).containsExactly(all.getLast());
            assertThat(second.next()).isNull();
        }
    }

    @Test
    @DisplayName("ALL-06, GZ-21: a smaller fund lowers the caps that are its share; what is reserved above one is told")
    void caps() {
        try (var city = new City(GuangzhouTerms.with(terms -> terms.fund(yuan(6_000_000), yuan(10_000))));
                var views = views()) {
            city.grants(voucher("V1").worth(yuan(10_000)).to("E1"));
            city.orders("V1").from("P1").using(yuan(4_000)).wasAccepted();
            city.provider("P2");
            city.sends(new ChangeFund(GuangzhouTerms.SCHEME, yuan(5_000_000), "通知", "调整"))
                    .wasAccepted();
            city.sends(new ChangeFund(GuangzhouTerms.SCHEME, yuan(30_000), "通知", "调整"))
                    .wasAccepted();
            city.sends(new AdjustProviderLimit(GuangzhouTerms.SCHEME, Cast.code("P2"), yuan(1_000), "通知", "核查"))
                    .wasAccepted();

            List<Affected> adjusted = recorded(views, city, 0);
            assertThat(adjusted).singleElement().satisfies(each -> {
                assertThat(each.providerId()).isEqualTo(Cast.code("P2"));
                assertThat(each.fromFen()).isEqualTo(yuan(3_000));
                assertThat(each.toFen()).isEqualTo(yuan(1_000));
                assertThat(each.rule()).isEqualTo("GZ-21");
            });
            var decisions = new AuditTrail(views.dataSource(), TestViews.serializer()).decisions(null, -1, 10);
            var pages = new AffectedPages(views.dataSource());
            assertThat(pages.recorded(decisions.get(0).position(), "", 10).items())
                    .as("a tenth of the fund is the fixed cap still")
                    .isEmpty();
            List<Affected> lowered =
                    pages.recorded(decisions.get(1).position(), "", 10).items();
            assertThat(lowered).hasSize(2).noneMatch(Affected::gains);
            assertThat(lowered.getFirst().overFen()).isEqualTo(yuan(1_000));
            assertThat(lowered.getLast().overFen()).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 11})
    @DisplayName("ALL-06: what is foretold of any decision is what is recorded when it is taken there and then")
    void foretoldIsRecorded(long seed) throws TimeoutException {
        try (var random = new RandomCity(seed).lives(400);
                var views = views()) {
            List<TrackedEventMessage<?>> events = random.events();
            var foretelling = new Foretelling(views.dataSource());
            Map<Integer, AffectedPage> foretold = new LinkedHashMap<>();
            int told = 0;
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).getPayload() instanceof AuthorityDecision decision) {
                    views.log().append(events.subList(told, i));
                    views.settle();
                    told = i;
                    Instant at =
                            Instant.parse((String) events.get(i).getMetaData().get(Stamp.RECEIVED_AT));
                    foretold.put(
                            i,
                            views.views()
                                    .read(null, () -> foretelling.of(decision, at, "", 500), Foretelling.VIEWS)
                                    .value());
                }
            }
            views.log().append(events.subList(told, events.size()));
            views.settle();

            var decisions = new AuditTrail(views.dataSource(), TestViews.serializer()).decisions(null, -1, 1_000);
            var pages = new AffectedPages(views.dataSource());
            assertThat(decisions).hasSameSizeAs(foretold.values());
            var next = foretold.values().iterator();
            long affected = 0;
            for (AuditEntry decision : decisions) {
                AffectedPage before = next.next();
                assertThat(pages.recorded(decision.position(), "", 500))
                        .as("%s at %d", decision.type(), decision.position())
                        .isEqualTo(before);
                affected += before.affected();
            }
            assertThat(affected).as("somebody was affected").isGreaterThan(20);
        }
    }
}
