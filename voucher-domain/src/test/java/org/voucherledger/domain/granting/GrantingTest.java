package org.voucherledger.domain.granting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_12;
import static org.voucherledger.domain.rule.Rule.GZ_14;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchEvent.GrantPublished;
import org.voucherledger.domain.batch.BatchEvent.GrantingEnded;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherStatus;

class GrantingTest extends CityTest {

    private static void opens(City where, long budgetFen) {
        where.opensBatch("B1", budgetFen, where.now(), where.now().plusSeconds(3_600))
                .wasAccepted();
    }

    private static void ends(City where) {
        where.at(where.now().plusSeconds(3_600))
                .sends(new EndApplications("B1"))
                .wasAccepted();
    }

    private static <E extends DomainEvent> List<E> events(City where, Class<E> type) {
        return where.ledger().events().stream()
                .map(message -> message.getPayload())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static List<String> granted(City where) {
        return events(where, ApplicationGranted.class).stream()
                .map(ApplicationGranted::applicationId)
                .toList();
    }

    @DisplayName("GZ-03: each of the five kinds of priority goes before everyone else")
    @ParameterizedTest
    @EnumSource(value = PriorityTag.class, names = "CLUSTER_PILOT", mode = EnumSource.Mode.EXCLUDE)
    void priorityFirst(PriorityTag tag) {
        opens(city, yuan(1_000));
        city.applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.registers("E2", Cast.declaration("E2")).verifies("E2", tag);
        city.applies("E2", "B1", yuan(1_000)).wasAccepted();
        ends(city);
        city.sends(new GrantApplications("B1", 100)).wasAccepted();
        assertThat(granted(city)).containsExactly("B1-A2");
    }

    @Test
    @DisplayName("GZ-03, GZ-12: all kinds of priority share one tier; inside a tier the position decides")
    void oneTier() {
        opens(city, yuan(3_000));
        city.applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.registers("E2", Cast.declaration("E2")).verifies("E2", PriorityTag.KEY_BELOW_SCALE);
        city.registers("E3", Cast.declaration("E3")).verifies("E3", PriorityTag.NATIONAL_SPECIALISED);
        city.applies("E2", "B1", yuan(1_000)).wasAccepted();
        city.applies("E3", "B1", yuan(1_000)).wasAccepted();
        ends(city);
        city.sends(new GrantApplications("B1", 100)).wasAccepted();
        assertThat(granted(city)).containsExactly("B1-A2", "B1-A3", "B1-A1");
    }

    @Test
    @DisplayName("GZ-03: tiers are the scheme's data")
    void tiersAreData() {
        var terms = GuangzhouTerms.with(d -> d.tiers(List.of(
                Set.of(PriorityTag.NATIONAL_SPECIALISED),
                Set.of(PriorityTag.PROVINCIAL_SPECIALISED, PriorityTag.MONITORED))));
        try (City other = new City(terms)) {
            opens(other, yuan(3_000));
            other.registers("E2", Cast.declaration("E2")).verifies("E2", PriorityTag.MONITORED);
            other.registers("E3", Cast.declaration("E3"))
                    .verifies("E3", PriorityTag.NATIONAL_SPECIALISED, PriorityTag.MONITORED);
            other.applies("E1", "B1", yuan(1_000)).wasAccepted();
            other.applies("E2", "B1", yuan(1_000)).wasAccepted();
            other.applies("E3", "B1", yuan(1_000)).wasAccepted();
            ends(other);
            other.sends(new GrantApplications("B1", 100)).wasAccepted();
            assertThat(granted(other)).containsExactly("B1-A3", "B1-A2", "B1-A1");
        }
    }

    @DisplayName("GZ-12: the first application that no longer fits in full ends the granting, nobody is skipped for it")
    @ParameterizedTest(name = "{0} fen left for 100 and 50")
    @CsvSource({"150, 2", "149, 1", "100, 1", "99, 0"})
    void stopsAtTheFirstThatDoesNotFit(long budget, int expected) {
        opens(city, budget);
        city.applies("E1", "B1", 100).wasAccepted();
        city.applies("E2", "B1", 50).wasAccepted();
        ends(city);
        city.sends(new GrantApplications("B1", 100)).wasAccepted();
        assertThat(granted(city)).hasSize(expected);
        GrantingEnded ended = events(city, GrantingEnded.class).get(0);
        assertThat(ended.queueExhausted()).isEqualTo(expected == 2);
        assertThat(ended.leftFen()).isEqualTo(budget - (expected > 0 ? 100 : 0) - (expected > 1 ? 50 : 0));
    }

    @DisplayName("GZ-12: a step tells that another comes after the next one only if the next one cannot be the last")
    @ParameterizedTest(name = "{0} fen for {1} that ask for 100")
    @CsvSource({"300, 3, true", "200, 3, true", "199, 3, false", "300, 2, false"})
    void tellsWhetherTheNextStepIsTheLast(long budget, int applications, boolean beyondNext) {
        opens(city, budget);
        for (int i = 1; i <= applications; i++) {
            city.applies("E" + i, "B1", 100).wasAccepted();
        }
        ends(city);
        assertThat(city.sends(new GrantApplications("B1", 1)).lastOutcome().result())
                .isEqualTo(new Progress(false, 1, beyondNext));
        city.sends(new GrantApplications("B1", 1)).wasAccepted();
        if (beyondNext) {
            city.sends(new GrantApplications("B1", 1)).wasAccepted();
        }
    }

    @DisplayName("GZ-12: so does a step of the publication")
    @ParameterizedTest(name = "{0} are not granted")
    @CsvSource({"3, true", "2, false"})
    void tellsWhetherTheNextStepOfThePublicationIsTheLast(int notGranted, boolean beyondNext) {
        opens(city, 100);
        for (int i = 0; i <= notGranted; i++) {
            city.applies("E" + i, "B1", 100).wasAccepted();
        }
        ends(city);
        city.sends(new GrantApplications("B1", 100)).wasAccepted();
        assertThat(city.sends(new PublishGrant("B1", 1)).lastOutcome().result())
                .isEqualTo(new Progress(false, 1, beyondNext));
    }

    @Test
    @DisplayName("GZ-12: under PARTIAL the last one gets what is left, its last voucher cut")
    void partial() {
        try (City other = new City(GuangzhouTerms.with(d -> d.grantsInPart()))) {
            opens(other, 250);
            other.applies("E1", "B1", 100).wasAccepted();
            other.applies("E2", "B1", 90, 90, 90).wasAccepted();
            other.applies("E3", "B1", 10).wasAccepted();
            ends(other);
            other.grantsAndPublishesAfterEnd("B1");
            ApplicationGranted cut = events(other, ApplicationGranted.class).get(1);
            assertThat(cut.askedFen()).isEqualTo(270);
            assertThat(cut.amountFen()).isEqualTo(150);
            assertThat(cut.voucherIds()).containsExactly("B1-A2-V1", "B1-A2-V2");
            assertThat(other.books().voucher("B1-A2-V1").face).isEqualTo(90);
            assertThat(other.books().voucher("B1-A2-V2").face).isEqualTo(60);
            assertThat(other.enterpriseQuota("E2").charged().value()).isEqualTo(150);
            assertThat(other.enterpriseQuota("E2").pendingTotal().isZero()).isTrue();
            assertThat(granted(other)).hasSize(2);
            other.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-11, GZ-12: one voucher a part, issued with the quota charged; the others are told and freed")
    void partsBecomeVouchers() {
        opens(city, yuan(10_000));
        city.applies("E1", "B1", yuan(3_000), yuan(5_000)).wasAccepted();
        city.applies("E2", "B1", yuan(2_001)).wasAccepted();
        ends(city);
        city.grantsAndPublishesAfterEnd("B1");
        assertThat(city.books().voucher("B1-A1-V1").face).isEqualTo(yuan(3_000));
        assertThat(city.books().voucher("B1-A1-V2").face).isEqualTo(yuan(5_000));
        assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(yuan(8_000));
        assertThat(city.enterpriseQuota("E1").pendingTotal().isZero()).isTrue();
        assertThat(city.enterpriseQuota("E2").pendingTotal().isZero()).isTrue();
        assertThat(events(city, ApplicationNotGranted.class)).hasSize(1);
        assertThat(city.books().batch("B1").available).isEqualTo(yuan(2_000));
    }

    @Test
    @DisplayName("GZ-01: who has become ineligible is skipped with the reason and does not end the granting")
    void skipsTheIneligible() {
        opens(city, yuan(2_000));
        city.applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.applies("E2", "B1", yuan(1_000)).wasAccepted();
        city.applies("E3", "B1", yuan(1_000)).wasAccepted();
        city.applies("E4", "B1", yuan(1_000)).wasAccepted();
        city.sends(new BlacklistEnterprise(Cast.code("E1"), true, "失信")).wasAccepted();
        city.sends(new DisqualifyEnterprise(Cast.code("E3"), "骗补")).wasAccepted();
        ends(city);
        city.sends(new GrantApplications("B1", 100)).wasAccepted();
        assertThat(granted(city)).containsExactly("B1-A2", "B1-A4");
        assertThat(events(city, ApplicationSkipped.class).stream().map(ApplicationSkipped::rule))
                .containsExactly("GZ-01", "GZ-32");
        assertThat(city.enterpriseQuota("E1").pendingTotal().isZero()).isTrue();
    }

    @DisplayName("GZ-12: due by the end of the first working day after applications end; being late is recorded")
    @ParameterizedTest(name = "published {0}: late {1}")
    @CsvSource({"2020-05-06T23:59:59.999, false", "2020-05-07T00:00, true"})
    void lateIsRecorded(String at, boolean late) {
        city.at("2020-04-30T16:00");
        opens(city, yuan(1_000));
        ends(city);
        city.at(at).grantsAndPublishesAfterEnd("B1");
        GrantPublished published = events(city, GrantPublished.class).get(0);
        // 1 to 5 May 2020 were holidays.
        assertThat(published.dueAt()).isEqualTo(shanghai("2020-05-07T00:00"));
        assertThat(published.late()).isEqualTo(late);
    }

    @Test
    @DisplayName("GZ-12: vouchers are usable from publication, not from the grant")
    void usableFromPublication() {
        opens(city, yuan(1_000));
        city.applies("E1", "B1", yuan(1_000)).wasAccepted();
        ends(city);
        city.sends(new GrantApplications("B1", 100)).wasAccepted();
        city.orders("B1-A1-V1").using(yuan(1_000));
        city.wasRefusedBy(GZ_12).at(Check.STATE);
        city.voucher("B1-A1-V1").isStill(VoucherStatus.ISSUED);
        city.sends(new PublishGrant("B1", 100)).wasAccepted();
        city.orders("B1-A1-V1").using(yuan(1_000)).wasAccepted();
    }

    @Test
    @DisplayName("GZ-12: the order holds however many applications a command decides")
    void inSmallSteps() {
        opens(city, yuan(10_000));
        for (int i = 1; i <= 7; i++) {
            city.registers("E" + i, Cast.declaration("E" + i));
            city.verifies("E" + i, i % 2 == 0 ? new PriorityTag[] {PriorityTag.MONITORED} : new PriorityTag[0]);
            city.applies("E" + i, "B1", yuan(1_000)).wasAccepted();
        }
        ends(city);
        while (city.batch("B1").phase() == BatchPhase.ENDED) {
            city.sends(new GrantApplications("B1", 2)).wasAccepted();
        }
        assertThat(granted(city)).containsExactly("B1-A2", "B1-A4", "B1-A6", "B1-A1", "B1-A3", "B1-A5", "B1-A7");
        city.sends(new GrantApplications("B1", 2)).wasRefusedBy(GZ_12).at(Check.STATE);
    }

    @DisplayName(
            "GZ-12: a command issues up to 600 vouchers, not one more; the next one goes on with the next application")
    @ParameterizedTest(name = "one asks for {0} parts, 59 for ten")
    @CsvSource({"10, 60", "11, 59"})
    void boundedByVouchers(int parts, int granted) {
        try (City other = new City(GuangzhouTerms.with(d -> d.mostParts(parts)))) {
            opens(other, yuan(60));
            for (int i = 1; i <= 59; i++) {
                other.applies("E" + i, "B1", equal(10)).wasAccepted();
            }
            other.applies("E60", "B1", equal(parts)).wasAccepted();
            ends(other);
            other.sends(new GrantApplications("B1", BatchCommand.MOST_AT_ONCE)).wasAccepted();
            assertThat(granted(other)).hasSize(granted);
            other.sends(new GrantApplications("B1", BatchCommand.MOST_AT_ONCE));
            assertThat(granted(other)).hasSize(60).doesNotHaveDuplicates();
            other.booksBalance();
        }
    }

    private static long[] equal(int parts) {
        return LongStream.generate(() -> 1).limit(parts).toArray();
    }

    @Test
    @DisplayName("GZ-12: nobody can use what was granted before the last of the queue has been told")
    void usableOnlyWhenAllAreTold() {
        opens(city, yuan(1_000));
        for (int i = 1; i <= 4; i++) {
            city.applies("E" + i, "B1", yuan(1_000)).wasAccepted();
        }
        ends(city);
        city.sends(new GrantApplications("B1", 1)).wasAccepted();
        unusable();
        city.sends(new GrantApplications("B1", 1)).wasAccepted();
        unusable();
        city.sends(new PublishGrant("B1", 1)).wasAccepted();
        unusable();
        city.sends(new PublishGrant("B1", 1)).wasAccepted();
        unusable();
        city.sends(new PublishGrant("B1", 1)).wasAccepted();
        assertThat(events(city, ApplicationNotGranted.class)).hasSize(3);
        city.orders("B1-A1-V1").using(yuan(1_000)).wasAccepted();
    }

    private void unusable() {
        city.orders("B1-A1-V1").using(yuan(1_000));
        city.wasRefusedBy(GZ_12).at(Check.STATE);
        city.voucher("B1-A1-V1").isStill(VoucherStatus.ISSUED);
    }

    @Test
    @DisplayName("GZ-14: Guangzhou has no backfill: nothing waits, money that comes back lapses")
    void noBackfill() {
        opens(city, yuan(1_000));
        city.applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.applies("E2", "B1", yuan(1_000)).wasAccepted();
        ends(city);
        city.grantsAndPublishesAfterEnd("B1");
        assertThat(events(city, ApplicationWaitlisted.class)).isEmpty();
        city.sends(new Backfill("B1", 1)).wasRefusedBy(GZ_14);
        city.sends(new ReturnVoucher("B1-A1-V1", "不再需要")).wasAccepted();
        assertThat(city.books().batch("B1").lapsed).isEqualTo(yuan(1_000));
        assertThat(city.books().batch("B1").available).isZero();
    }

    private static final Instant BACKFILL_ENDS = shanghai("2020-07-01T00:00");

    private static City withBackfill() {
        var other = new City(GuangzhouTerms.with(d -> d.backfillUntil(BACKFILL_ENDS)));
        opens(other, yuan(1_000));
        other.applies("E1", "B1", yuan(1_000)).wasAccepted();
        other.applies("E2", "B1", yuan(600)).wasAccepted();
        other.applies("E3", "B1", yuan(500)).wasAccepted();
        ends(other);
        other.grantsAndPublishesAfterEnd("B1");
        return other;
    }

    @Test
    @DisplayName("GZ-14: money that comes back is granted down the queue while backfill is open, and counts from then")
    void backfills() {
        try (City other = withBackfill()) {
            assertThat(events(other, ApplicationWaitlisted.class)).hasSize(2);
            assertThat(other.enterpriseQuota("E2").pendingTotal().value()).isEqualTo(yuan(600));
            other.at("2020-04-20T09:00")
                    .sends(new ReturnVoucher("B1-A1-V1", "不再需要"))
                    .wasAccepted();
            assertThat(other.books().batch("B1").available).isEqualTo(yuan(1_000));
            other.sends(new Backfill("B1", 100)).wasAccepted();
            // E2 gets its 600; the next asks for 500 and only 400 are left.
            assertThat(granted(other)).containsExactly("B1-A1", "B1-A2");
            assertThat(other.enterpriseQuota("E2").charged().value()).isEqualTo(yuan(600));
            other.at("2020-05-20T23:59:59.999").orders("B1-A2-V1").using(1).wasAccepted();
            other.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-14, GZ-20: a backfilled voucher has thirty days from its own publication")
    void backfilledDeadline() {
        try (City other = withBackfill()) {
            other.provider("P1");
            other.at("2020-04-20T09:00")
                    .sends(new ReturnVoucher("B1-A1-V1", "不再需要"))
                    .wasAccepted();
            other.sends(new Backfill("B1", 100)).wasAccepted();
            other.at("2020-05-21T00:00").orders("B1-A2-V1").using(1);
            other.wasRefusedBy(GZ_20).limit(shanghai("2020-05-21T00:00"));
        }
    }

    @DisplayName("GZ-14: backfill is open up to its last instant; then the queue closes and everyone is freed")
    @ParameterizedTest(name = "{0}")
    @CsvSource({"2020-06-30T23:59:59.999, true", "2020-07-01T00:00, false"})
    void backfillEnds(String at, boolean open) {
        try (City other = withBackfill()) {
            other.at(at);
            if (open) {
                other.sends(new CloseQueue("B1", 100)).wasRefusedBy(GZ_14).limit(BACKFILL_ENDS);
                other.sends(new Backfill("B1", 100)).wasAccepted();
            } else {
                other.sends(new Backfill("B1", 100)).wasRefusedBy(GZ_14);
                other.sends(new CloseQueue("B1", 1)).wasAccepted();
                other.sends(new CloseQueue("B1", 1)).wasAccepted();
                assertThat(other.enterpriseQuota("E2").pendingTotal().isZero()).isTrue();
                assertThat(other.enterpriseQuota("E3").pendingTotal().isZero()).isTrue();
                assertThat(events(other, ApplicationNotGranted.class)).hasSize(2);
            }
            other.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-14: after backfill has ended money that comes back lapses")
    void lapsesAfterBackfill() {
        try (City other = withBackfill()) {
            other.contracts("B1-A1-V1", 100);
            other.at(BACKFILL_ENDS).sends(new ReturnVoucher("B1-A1-V1", "不再需要")).wasAccepted();
            assertThat(other.books().batch("B1").lapsed).isEqualTo(yuan(1_000));
            assertThat(other.books().batch("B1").available).isZero();
            other.booksBalance();
        }
    }
}
