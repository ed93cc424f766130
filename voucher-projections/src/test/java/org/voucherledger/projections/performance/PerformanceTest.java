package org.voucherledger.projections.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** SV-02, SV-05: the report is the books, told otherwise; ratings count while their payment stands. */
class PerformanceTest {

    /** What the books hold of the vouchers of a scheme, by what they are in a report. */
    private static final String BOOKS = """
            select sum(balance_fen) filter (where account in ('HELD', 'ORDERED')) as unused,
                   sum(balance_fen) filter (where account in ('PAID', 'ACCEPTED', 'CLAIMED')) as used,
                   sum(balance_fen) filter (where account = 'REDEEMED') as redeemed
            from view.balance where book = 'MONEY' and scheme_id = ? and (cast(? as text) is null or batch_id = ?)
            """;

    @ParameterizedTest
    @ValueSource(longs = {3, 17})
    @DisplayName(
            "SV-03, SV-05: every breakdown of the report adds up to the books, to the fen, wherever the log stands")
    void the_report_equals_the_books(long seed) {
        try (var city = new RandomCity(seed).lives(700);
                var views = new TestViews(new PerformanceProjection(), new BooksProjection()).start()) {
            var performance = new Performance(views.dataSource());
            List<TrackedEventMessage<?>> events = city.events();
            int told = 0;
            long used = 0;
            for (int stop : Folded.stops(events, 6, seed)) {
                views.log().append(events.subList(told, stop));
                views.settle();
                told = stop;
                for (String batch : batches(views)) {
                    var report = performance.report(GuangzhouTerms.SCHEME, batch);
                    equalsTheBooks(views, report, batch);
                    countsTheApplications(report, events.subList(0, stop), batch);
                    eachBreakdownAddsUp(report);
                    used += report.total().usedFen() + report.total().redeemedFen();
                }
            }
            assertThat(used).as("money was used at all").isPositive();
        }
    }

    private static List<String> batches(TestViews views) {
        var batches =
                new ArrayList<>(views.jdbc().queryForList("select id from view.budget order by id", String.class));
        batches.add(null);
        return batches;
    }

    private static void equalsTheBooks(TestViews views, PerformanceReport report, String batch) {
        var books = views.jdbc()
                .queryForList(BOOKS, GuangzhouTerms.SCHEME, batch, batch)
                .getFirst()
                .values();
        var total = report.total();
        assertThat(Stream.of(total.unusedFen(), total.usedFen(), total.redeemedFen())
                        .toList())
                .as("batch %s", batch)
                .isEqualTo(books.stream()
                        .map(sum -> sum == null ? 0L : ((Number) sum).longValue())
                        .toList());
        long issued = views.jdbc()
                .queryForObject(
                        "select coalesce(sum(amount_fen), 0) from view.posting where event_type = 'VoucherIssued'"
                                + " and book = 'MONEY' and (cast(? as text) is null or batch_id = ?)",
                        Long.class,
                        batch,
                        batch);
        assertThat(total.grantedFen()).isEqualTo(issued);
        assertThat(total.lapsedFen()).isEqualTo(issued - total.unusedFen() - total.usedFen() - total.redeemedFen());
    }

    private static void countsTheApplications(
            PerformanceReport report, List<? extends TrackedEventMessage<?>> events, String batch) {
        Map<String, Long> live = new TreeMap<>();
        for (var message : events) {
            if (message.getPayload() instanceof ApplicationQueued e
                    && (batch == null || e.batchId().equals(batch))) {
                live.put(e.applicationId(), e.amountFen());
            }
            if (message.getPayload() instanceof ApplicationWithdrawn e) {
                live.remove(e.applicationId());
            }
        }
        assertThat(report.total().applications()).isEqualTo(live.size());
        assertThat(report.total().appliedFen())
                .isEqualTo(live.values().stream().mapToLong(Long::longValue).sum());
    }

    private static void eachBreakdownAddsUp(PerformanceReport report) {
        assertThat(report.by()).containsOnlyKeys(Breakdown.values());
        report.by().forEach((breakdown, parts) -> {
            var total = report.total();
            assertThat(sum(parts, Figures::vouchers)).as("%s", breakdown).isEqualTo(total.vouchers());
            assertThat(sum(parts, Figures::grantedFen)).isEqualTo(total.grantedFen());
            assertThat(sum(parts, Figures::unusedFen)).isEqualTo(total.unusedFen());
            assertThat(sum(parts, Figures::usedFen)).isEqualTo(total.usedFen());
            assertThat(sum(parts, Figures::redeemedFen)).isEqualTo(total.redeemedFen());
            assertThat(sum(parts, Figures::lapsedFen)).isEqualTo(total.lapsedFen());
            if (breakdown.isOfApplications()) {
                assertThat(sum(parts, Figures::appliedFen)).isEqualTo(total.appliedFen());
                assertThat(sum(parts, Figures::applications)).isEqualTo(total.applications());
            }
        });
    }

    private static long sum(List<Figures> parts, java.util.function.ToLongFunction<Figures> figure) {
        return parts.stream().mapToLong(figure).sum();
    }

    @Test
    @DisplayName(
            "SV-02: a rating counts for its provider and service type while the payment stands, and is taken out with it")
    void ratings() {
        try (var city = new City();
                var views = new TestViews(new PerformanceProjection()).start()) {
            var performance = new Performance(views.dataSource());
            city.at("2020-04-30T16:00")
                    .grants(
                            voucher("V1").worth(yuan(10_000)).to("E1"),
                            voucher("V2").worth(yuan(10_000)).to("E2"));
            city.at("2020-05-11T09:00");
            city.orders("V1").from("P1").using(yuan(4_000)).wasAccepted();
            city.orders("V2").from("P1").using(yuan(4_000)).wasAccepted();
            city.contracts("V1").contracts("V2");
            city.at("2020-05-20T09:00").pays("V1", yuan(4_000)).pays("V2", yuan(4_000));
            int told = tell(views, city, 0);

            assertThat(performance.ratingsOf(Cast.code("P1")))
                    .extracting(
                            r -> r.serviceType() + " " + r.ratings() + " " + r.ratingSum() + " " + r.meanHundredths())
                    .containsExactly("null 2 10 500", "INFORMATION 2 10 500");
            assertThat(performance.best(null, 10))
                    .extracting(ProviderRating::providerId)
                    .containsExactly(Cast.code("P1"));

            city.sends(new SendPaymentBack(city.id("V1"), "不符")).wasAccepted();
            told = tell(views, city, told);
            assertThat(performance.ratingsOf(Cast.code("P1")))
                    .first()
                    .satisfies(r -> assertThat(r.ratings()).isOne());

            city.sends(new SendPaymentBack(city.id("V2"), "不符")).wasAccepted();
            tell(views, city, told);
            assertThat(performance.ratingsOf(Cast.code("P1"))).isEmpty();
            assertThat(performance.best(null, 10)).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "SV-02: providers stand in the order of their mean, the best or the worst first, whoever was rated more often before equals")
    void ranked() {
        try (var city = new City();
                var views = new TestViews(new PerformanceProjection()).start()) {
            var performance = new Performance(views.dataSource());
            // P1: 5; P2: 3; P3: 3 and 3; P4: 4 and 3.
            var ratings = List.of("P1 5", "P2 3", "P3 3", "P3 3", "P4 4", "P4 3");
            city.at("2020-04-30T16:00");
            var grants = new ArrayList<City.Grant>();
            for (int i = 0; i < ratings.size(); i++) {
                grants.add(voucher("V" + i).worth(yuan(10_000)).to("E" + (i + 1)));
            }
            city.grants(grants.toArray(City.Grant[]::new));
            tell(views, city, 0);
            for (int i = 0; i < ratings.size(); i++) {
                String[] rated = ratings.get(i).split(" ");
                views.jdbc()
                        .update(
                                "update performance_a.voucher set provider_id = ?, service_type = ?, rating = ? where id = ?",
                                Cast.code(rated[0]),
                                i == 3 ? "TRAINING" : "INFORMATION",
                                Integer.valueOf(rated[1]),
                                city.id("V" + i));
            }
            assertThat(performance.best(null, 10))
                    .extracting(ProviderRating::providerId)
                    .containsExactly(Cast.code("P1"), Cast.code("P4"), Cast.code("P3"), Cast.code("P2"));
            assertThat(performance.worst(null, 3))
                    .extracting(ProviderRating::providerId, ProviderRating::ratings, ProviderRating::meanHundredths)
                    .containsExactly(
                            tuple(Cast.code("P3"), 2L, 300L),
                            tuple(Cast.code("P2"), 1L, 300L),
                            tuple(Cast.code("P4"), 2L, 350L));
            assertThat(performance.worst(ServiceType.TRAINING, 10))
                    .extracting(ProviderRating::providerId)
                    .containsExactly(Cast.code("P3"));
        }
    }

    @Test
    @DisplayName(
            "SV-05: the time between two steps is exact, over the vouchers that have taken both and not undone them")
    void times() {
        try (var city = new City();
                var views = new TestViews(new PerformanceProjection()).start()) {
            var performance = new Performance(views.dataSource());
            city.at("2020-04-30T16:00")
                    .grants(
                            voucher("V1").worth(yuan(10_000)).to("E1"),
                            voucher("V2").worth(yuan(10_000)).to("E2"));
            city.at("2020-05-11T09:00");
            city.orders("V1").from("P1").using(yuan(4_000)).wasAccepted();
            city.contracts("V1");
            city.at("2020-05-20T09:00").pays("V1", yuan(4_000));
            city.at("2020-05-20T09:00:01")
                    .sends(new AcceptVoucher(city.id("V1")))
                    .wasAccepted();
            tell(views, city, 0);

            var steps = performance.report(GuangzhouTerms.SCHEME, null).steps();
            assertThat(steps)
                    .extracting(step -> step.from() + " " + step.to() + " " + step.vouchers())
                    .contains("issued ordered 1", "paid accepted 1", "accepted claimed 0");
            var accepted = steps.stream()
                    .filter(step -> step.from().equals("paid"))
                    .findFirst()
                    .orElseThrow();
            assertThat(accepted.median()).isEqualTo(Duration.ofSeconds(1));
            assertThat(accepted.ninetieth()).isEqualTo(Duration.ofSeconds(1));
            var ordered = steps.stream()
                    .filter(step -> step.to().equals("ordered"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ordered.median()).isEqualTo(Duration.between(issuedAt(city), orderedAt(city)));
            assertThat(steps.getLast().median()).isNull();
        }
    }

    @Test
    @DisplayName(
            "SV-05, CL-03: of cloud vouchers an application counts from receipt, a voucher from approval, by its provider")
    void cloud() {
        try (var province = new Province();
                var views = new TestViews(new PerformanceProjection(), new BooksProjection()).start()) {
            province.opens("GZ", Province.GUANGZHOU, yuan(100_000)).wasAccepted();
            province.pilot("E3");
            String granted = province.reserves("E1", "GZ", yuan(10_000));
            String recalled = province.reserves("E2", "GZ", yuan(1_000));
            String rejected = province.reserves("E3", "GZ", yuan(10_000));
            province.reserves("E4", "GZ", yuan(2_000));
            province.recalls(recalled).wasAccepted();
            province.at("2020-05-27T10:00").rejects(rejected).wasAccepted();
            province.approves(granted).wasAccepted();
            province.at("2020-10-09T10:00").claims(granted, "C1", yuan(6_000)).wasAccepted();
            int told = tell(views, province.city(), 0);
            var performance = new Performance(views.dataSource());

            // 70% of 10,000 and of 2,000, and the pilot's 80% of 10,000; who withdrew does not count. Of the 7,000
            // granted, 70% of
            // the 6,000 that were paid are claimed, and the rest went back.
            var report = performance.report(GuangdongCloudTerms.SCHEME, null);
            assertThat(report.total())
                    .isEqualTo(new Figures("", 3L, yuan(16_400), 1, yuan(7_000), 0, yuan(4_200), 0, yuan(2_800)));
            assertThat(report.by().get(Breakdown.PROVIDER))
                    .containsExactly(
                            new Figures(Cast.code("P1"), null, null, 1, yuan(7_000), 0, yuan(4_200), 0, yuan(2_800)));
            assertThat(report.by().get(Breakdown.SERVICE_TYPE))
                    .containsExactly(new Figures("", null, null, 1, yuan(7_000), 0, yuan(4_200), 0, yuan(2_800)));
            equalsTheGrant(views, report);
            eachBreakdownAddsUp(report);

            // 4,000 of the 4,200 are approved and paid out ten days after the claim.
            province.publishes("C1", yuan(4_000));
            province.at("2020-10-19T10:00").settles("C1", granted).wasAccepted();
            tell(views, province.city(), told);
            var after = performance.report(GuangdongCloudTerms.SCHEME, "GZ");
            assertThat(after.total())
                    .isEqualTo(new Figures("", 3L, yuan(16_400), 1, yuan(7_000), 0, 0, yuan(4_000), yuan(3_000)));
            // From 25 May, 10:00 two days; from 27 May to 9 October 4 + 30 + 31 + 31 + 30 + 9 days.
            assertThat(taken(after))
                    .containsExactly("applied issued 1 PT48H", "issued claimed 1 PT3240H", "claimed redeemed 1 PT240H");
        }
    }

    @Test
    @DisplayName("SV-03: districts of the same name in two cities are two rows, each city is the sum of its own")
    void sameNamedDistricts() {
        try (var province = new Province();
                var views = new TestViews(new PerformanceProjection(), new BooksProjection()).start()) {
            province.opens("GZ", Province.GUANGZHOU, yuan(100_000)).wasAccepted();
            province.opens("MZ", Province.MEIZHOU, yuan(100_000)).wasAccepted();
            province.registers("E2", Province.MEIZHOU);
            String here = province.reserves("E1", "GZ", yuan(10_000));
            String there = province.reserves("E2", "MZ", yuan(1_000));
            province.reserves("E2", "MZ", yuan(500));
            province.approves(here).approves(there).wasAccepted();
            tell(views, province.city(), 0);
            var report = new Performance(views.dataSource()).report(GuangdongCloudTerms.SCHEME, null);

            // Of both the same district is declared. 70% in the Delta, 80% in the north-east; 400 still wait.
            String district = Province.declaration("E1", Province.GUANGZHOU).district();
            assertThat(report.by().get(Breakdown.DISTRICT))
                    .containsExactlyInAnyOrder(
                            new Figures(
                                    Province.GUANGZHOU + "/" + district,
                                    1L,
                                    yuan(7_000),
                                    1,
                                    yuan(7_000),
                                    yuan(7_000),
                                    0,
                                    0,
                                    0),
                            new Figures(
                                    Province.MEIZHOU + "/" + district,
                                    2L,
                                    yuan(1_200),
                                    1,
                                    yuan(800),
                                    yuan(800),
                                    0,
                                    0,
                                    0));
            assertThat(report.by().get(Breakdown.CITY))
                    .containsExactlyInAnyOrder(
                            new Figures(Province.GUANGZHOU, 1L, yuan(7_000), 1, yuan(7_000), yuan(7_000), 0, 0, 0),
                            new Figures(Province.MEIZHOU, 2L, yuan(1_200), 1, yuan(800), yuan(800), 0, 0, 0));
            eachBreakdownAddsUp(report);
        }
    }

    /** What the books call held when it is reserved is no voucher of the report before its approval. */
    private static void equalsTheGrant(TestViews views, PerformanceReport report) {
        long claimed = views.jdbc()
                .queryForObject(
                        "select sum(balance_fen) from view.balance where book = 'MONEY' and account = 'CLAIMED'",
                        Long.class);
        assertThat(report.total().usedFen()).isEqualTo(claimed);
    }

    @Test
    @DisplayName("SV-05, CV-01: of consumption vouchers a take is granted, a purchase used, and nobody has a district")
    void consumption() {
        try (var city = ConsumptionTerms.city();
                var views = new TestViews(new PerformanceProjection()).start()) {
            city.takes("h-1", "B1", ConsumptionTerms.CATERING, ConsumptionTerms.LARGE)
                    .wasAccepted();
            city.takes("h-2", "B1", ConsumptionTerms.CATERING, ConsumptionTerms.SMALL)
                    .wasAccepted();
            city.takes("h-3", "B1", ConsumptionTerms.CATERING, ConsumptionTerms.SMALL)
                    .wasAccepted();
            city.at(ConsumptionTerms.FROM.plus(Duration.ofHours(1)));
            city.uses("B1-T1", "P1", "R-1", yuan(200)).wasAccepted();
            city.uses("B1-T2", "P1", "R-2", yuan(100)).wasAccepted();
            int told = tell(views, city, 0);
            var performance = new Performance(views.dataSource());
            assertThat(performance.report(ConsumptionTerms.SCHEME, null).total())
                    .isEqualTo(new Figures("", 0L, 0L, 3, yuan(90), yuan(20), yuan(70), 0, 0));

            city.sends(new UndoPurchase("B1-T2", "退货")).wasAccepted();
            city.sends(new ReturnVoucher("B1-T3", "不用了")).wasAccepted();
            tell(views, city, told);
            var report = performance.report(ConsumptionTerms.SCHEME, null);
            // 50 used; of the two of 20 one may be used again and one went back.
            assertThat(report.total()).isEqualTo(new Figures("", 0L, 0L, 3, yuan(90), yuan(20), yuan(50), 0, yuan(20)));
            assertThat(report.by().get(Breakdown.PROVIDER))
                    .containsExactly(
                            new Figures("", null, null, 2, yuan(40), yuan(20), 0, 0, yuan(20)),
                            new Figures(Cast.code("P1"), null, null, 1, yuan(50), 0, yuan(50), 0, 0));
            String place = city.batch("B1").opened().city();
            assertThat(report.by().get(Breakdown.CITY)).extracting(Figures::key).containsExactly(place);
            assertThat(report.by().get(Breakdown.DISTRICT))
                    .extracting(Figures::key)
                    .containsExactly(place + "/");
            eachBreakdownAddsUp(report);
            assertThat(taken(report)).containsExactly("issued accepted 1 PT1H");
        }
    }

    /** The steps that a voucher has taken, with the median. */
    private static List<String> taken(PerformanceReport report) {
        return report.steps().stream()
                .filter(step -> step.vouchers() > 0)
                .map(step -> step.from() + " " + step.to() + " " + step.vouchers() + " " + step.median())
                .toList();
    }

    private static Instant issuedAt(City city) {
        return city.state(city.id("V1")).issue().issuedAt();
    }

    private static Instant orderedAt(City city) {
        return city.ledger().events().stream()
                .filter(event -> event.getPayload() instanceof VoucherOrdered)
                .map(event -> Instant.parse((String) event.getMetaData().get(Stamp.RECEIVED_AT)))
                .findFirst()
                .orElseThrow();
    }

    private static int tell(TestViews views, City city, int told) {
        var events = city.ledger().events();
        views.log().append(events.subList(told, events.size()));
        views.settle();
        return events.size();
    }
}
