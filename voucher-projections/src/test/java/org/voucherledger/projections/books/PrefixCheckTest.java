package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.MoneyCameBack;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaFreed;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeEvent.FundAllocated;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.RandomCycle;
import org.voucherledger.projections.projection.Told;

/** ALL-03 at every prefix: a season as the domain writes it passes, and whatever is done to it is found. */
class PrefixCheckTest {

    private static RandomCity city;
    private static List<Told> season;

    @BeforeAll
    static void aSeason() {
        city = new RandomCity(41).lives(400);
        season = told(city.events());
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static List<Told> told(List<? extends TrackedEventMessage<?>> events) {
        return IntStream.range(0, events.size())
                .mapToObj(n -> new Told(
                        n + 1, events.get(n), (DomainEvent) events.get(n).getPayload()))
                .toList();
    }

    private static PrefixCheck checked(List<Told> log) {
        var check = new PrefixCheck();
        log.forEach(check::add);
        check.ends();
        return check;
    }

    @Test
    @DisplayName("ALL-03: it holds at every prefix of a city's, a province's and a cycle's log")
    void holds_at_every_prefix() {
        assertThat(checked(season).violation()).isEmpty();
        try (var province = new RandomProvince(42).lives(600);
                var cycle = new RandomCycle(43).lives(400)) {
            assertThat(checked(told(province.events())).violation()).isEmpty();
            assertThat(checked(told(cycle.events())).violation()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "GZ-12: who is passed over at the grant asks for nothing any more, and the quota and the queue agree on it")
    void passed_over() {
        try (var one = new City(GuangzhouTerms.asPublished())) {
            one.opensBatch("B1", yuan(25_000), one.now(), shanghai("2020-04-02T09:00"))
                    .wasAccepted();
            one.applies("E1", "B1", yuan(4_000)).wasAccepted();
            one.applies("E2", "B1", yuan(4_000)).wasAccepted();
            one.sends(new FreezeEnterprise(Cast.code("E1"), "核查")).wasAccepted();
            one.at("2020-04-02T09:00").grantsAndPublishes("B1");
            var log = told(one.ledger().events());

            assertThat(log).anyMatch(told -> told.event() instanceof ApplicationSkipped);
            assertThat(checked(log).violation()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "Between two events of a command a batch's own state is behind its vouchers', and that is no violation")
    void within_a_command() {
        int withinOnes = 0;
        for (int n = 1; n < season.size(); n++) {
            boolean sameCommand =
                    season.get(n).said("commandId").equals(season.get(n - 1).said("commandId"));
            if (sameCommand && season.get(n).event() instanceof MoneyCameBack) {
                var cut = new ArrayList<>(season.subList(0, n));
                var found = checked(cut).violation();
                assertThat(found).map(Violation::position).contains((long) n);
                withinOnes++;
            }
        }
        assertThat(withinOnes).isPositive();
    }

    static Stream<Arguments> tamperings() {
        return Stream.of(
                Arguments.of("a voucher's issue is dropped", VoucherIssued.class, dropped()),
                Arguments.of("an order is dropped", VoucherOrdered.class, dropped()),
                Arguments.of("a batch's opening is dropped", BatchOpened.class, dropped()),
                Arguments.of("a fund's allocation is dropped", FundAllocated.class, dropped()),
                Arguments.of("what came back to the batch is dropped", MoneyCameBack.class, dropped()),
                Arguments.of("an issue stands there twice", VoucherIssued.class, doubled()),
                Arguments.of("an order stands there twice", VoucherOrdered.class, doubled()),
                Arguments.of("an enterprise's charge stands there twice", QuotaCharged.class, doubled()),
                Arguments.of("a voucher is issued with a fen more", VoucherIssued.class, altered(e -> {
                    var i = (VoucherIssued) e;
                    return new VoucherIssued(
                            i.voucherId(),
                            i.batchId(),
                            i.schemeId(),
                            i.schemeVersion(),
                            i.applicationId(),
                            i.enterpriseId(),
                            i.quotaYear(),
                            i.shareBasisPoints(),
                            i.faceFen() + 1,
                            i.issuedAt(),
                            i.backfilled());
                })),
                Arguments.of("a fen more is paid", VoucherPaid.class, altered(e -> paid((VoucherPaid) e, 1))),
                Arguments.of("a fen less is paid", VoucherPaid.class, altered(e -> paid((VoucherPaid) e, -1))),
                Arguments.of("a provider's reservation is dropped", ProviderQuotaReserved.class, dropped()),
                Arguments.of("a batch is opened with a fen more", BatchOpened.class, altered(e -> {
                    var b = (BatchOpened) e;
                    return new BatchOpened(
                            b.batchId(),
                            b.schemeId(),
                            b.schemeVersion(),
                            b.city(),
                            b.budgetFen() + 1,
                            b.applyFrom(),
                            b.applyUntil(),
                            b.validUntil(),
                            b.redemptionFrom(),
                            b.redemptionUntil(),
                            b.backfill(),
                            b.backfillUntil(),
                            b.noticeNumber());
                })));
    }

    /** Memo events that nothing stands behind; each is a whole command of its own, and balances in itself. */
    static Stream<DomainEvent> forgedMemos() {
        var issued = season.stream()
                .filter(told -> told.event() instanceof VoucherIssued)
                .map(told -> (VoucherIssued) told.event())
                .findFirst()
                .orElseThrow();
        var reserved = season.stream()
                .filter(told -> told.event() instanceof ProviderQuotaReserved)
                .map(told -> (ProviderQuotaReserved) told.event())
                .findFirst()
                .orElseThrow();
        String scheme = issued.schemeId();
        String enterprise = issued.enterpriseId();
        String provider = reserved.providerId();
        int year = reserved.year();
        return Stream.of(
                new ProviderQuotaTaken(scheme, provider, year, issued.voucherId(), 0, 1),
                new ProviderQuotaTaken(scheme, provider, year, "nobody", 0, 1),
                new ProviderQuotaReserved(scheme, provider, year, issued.voucherId(), 1),
                new QuotaPended(scheme, enterprise, issued.quotaYear(), "B1", "none", 1, null),
                new QuotaCharged(scheme, enterprise, issued.quotaYear(), "B1", "none", 1, 0),
                new QuotaFreed(scheme, enterprise, issued.quotaYear(), issued.voucherId(), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgedMemos")
    @DisplayName(
            "ALL-03: a memo of a quota behind which there is no voucher or application is found where its command ends")
    void forged_memo_is_found(DomainEvent forged) {
        var check = new PrefixCheck();
        season.forEach(check::add);
        long end = season.getLast().position();
        check.add(end + 1, "forged", forged);
        check.ends();

        assertThat(check.violation()).map(Violation::position).contains(end + 1);
    }

    private static VoucherPaid paid(VoucherPaid p, long more) {
        return new VoucherPaid(
                p.voucherId(),
                p.batchId(),
                p.paidFen() + more,
                p.leftFen(),
                p.owedFen(),
                p.completedOn(),
                p.rating(),
                p.invoices(),
                p.transfers(),
                p.documents());
    }

    private static Function<Told, List<Told>> dropped() {
        return told -> List.of();
    }

    private static Function<Told, List<Told>> doubled() {
        return told -> List.of(told, told);
    }

    private static Function<Told, List<Told>> altered(Function<DomainEvent, DomainEvent> how) {
        return told -> List.of(new Told(told.position(), told.message(), how.apply(told.event())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    @DisplayName("ALL-03: whatever is done to the money of a log is found, not before it was done")
    void tampering_is_found(String name, Class<?> type, Function<Told, List<Told>> tampering) {
        Predicate<Told> isOne = told -> type.isInstance(told.event());
        Told victim = season.stream().filter(isOne).findFirst().orElseThrow();
        var log = new ArrayList<Told>();
        season.forEach(told -> log.addAll(told == victim ? tampering.apply(told) : List.of(told)));

        Optional<Violation> found = checked(log).violation();

        assertThat(found).isPresent();
        assertThat(found.orElseThrow().position()).isGreaterThanOrEqualTo(victim.position() - 1);
        assertThat(found.orElseThrow().sentence()).startsWith("after ");
    }
}
