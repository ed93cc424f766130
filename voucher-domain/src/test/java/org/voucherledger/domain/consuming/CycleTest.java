package org.voucherledger.domain.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_03;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.ALL_06;
import static org.voucherledger.domain.rule.Rule.CV_01;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_31;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.REDEMPTION_UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.RETAIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SCHEME;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL_FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;

/** How a cycle begins and ends: its dates, what is returned, what goes back, and its closing (CV-01). */
class CycleTest {

    private static final String V1 = "B1-T1";

    private static City withTaken(QuotaThen onExpiry) {
        City city = ConsumptionTerms.city(ConsumptionTerms.terms(onExpiry, yuan(10_000)), yuan(1_000));
        return city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
    }

    private static City withTaken() {
        return withTaken(QuotaThen.KEEP);
    }

    // ---------------------------------------------------------------- opening

    @Test
    @DisplayName("CV-01: a cycle without dates of its own counts them from the day of its opening")
    void countsFromTheOpening() {
        try (City city = new City(ConsumptionTerms.published())) {
            city.sends(new OpenBatch("B1", SCHEME, "", yuan(100), FROM, UNTIL, null, null, null, "notice"))
                    .wasAccepted();
            var batch = city.batch("B1");
            assertThat(batch.date(BatchDate.VALID_UNTIL)).isEqualTo(shanghai("2022-06-13T00:00"));
            assertThat(batch.date(BatchDate.REDEMPTION_FROM)).isEqualTo(shanghai("2022-06-07T00:00"));
            assertThat(batch.date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(shanghai("2022-06-27T00:00"));
        }
    }

    @ParameterizedTest(name = "valid until {0}, redeemed until {1}: {2}")
    @CsvSource({
        "2022-06-10T00:00:00, 2022-06-10T00:00:01, ",
        "2022-06-09T23:59:59, 2022-06-27T00:00:00, CycleEndsBeforeItsWindow",
        "2022-06-10T00:00:00, 2022-06-10T00:00:00, RedemptionEndsBeforeTheCycle"
    })
    @DisplayName("CV-01: a cycle lasts as long as its window, and claiming longer than the cycle")
    void datesInOrder(String validUntil, String redemptionUntil, String refused) {
        try (City city = new City(ConsumptionTerms.published())) {
            city.opensCycle("B1", yuan(100), FROM, UNTIL, shanghai(validUntil), shanghai(redemptionUntil));
            if (refused == null) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(CV_01).at(Check.DEADLINE).about(refused);
            }
        }
    }

    @Test
    @DisplayName("ALL-06: nothing is ordered in a cycle, so it has no such date to move")
    void noOrderDeadline() {
        try (City city = withTaken()) {
            city.sends(new MoveDate("B1", BatchDate.ORDER_DEADLINE, UNTIL, "notice-2", "延长"));
            city.wasRefusedBy(ALL_06).about("DateNotOfThisBatch");
            city.sends(new MoveDate("B1", BatchDate.BACKFILL_UNTIL, UNTIL, "notice-2", "延长"));
            city.wasRefusedBy(ALL_06).about("DateNotOfThisBatch");
        }
    }

    // ---------------------------------------------------------------- returning

    @Test
    @DisplayName(
            "GZ-31, CV-01: what is returned in the window may be taken again, and its count is free as the scheme says")
    void returned() {
        try (City city = withTaken()) {
            city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
            city.sends(new ReturnVoucher(V1, "不用")).wasAccepted();

            assertThat(city.recorded()).containsExactly("VoucherReturned", "MoneyCameBack", "HolderQuotaFreed");
            city.voucher(V1).is(RETURNED).has(Account.BACK, LARGE);
            assertThat(city.batch("B1").available().value()).isEqualTo(yuan(1_000) - LARGE);
            assertThat(city.taken("B1", "h-1", CATERING)).isEqualTo(1);
            city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
            assertThat(city.lastOutcome().result()).isEqualTo(new Taken("B1-T3", SMALL_FROM));
            city.takes("h-1", "B1", CATERING, SMALL);
            city.wasRefusedBy(CV_01).about("HolderLimitReached");
            city.booksBalance();
        }
    }

    @ParameterizedTest(name = "returned at {0}: lapsed {1}")
    @CsvSource({"2022-06-09T15:59:59.999999Z, 0", "2022-06-09T16:00:00Z, 5000"})
    @DisplayName("CV-01: what comes back after the window lapses, recorded as ended or not")
    void backAfterTheWindow(Instant at, long lapsedFen) {
        try (City city = withTaken()) {
            city.at(at).sends(new ReturnVoucher(V1, "不用")).wasAccepted();
            assertThat(city.batch("B1").lapsed().value()).isEqualTo(lapsedFen);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-31: a holder returns its own voucher, unused, before the cycle's end")
    void whoReturns() {
        try (City city = withTaken()) {
            var give = new ReturnVoucher(V1, "不用");
            city.sends(give, City.party(Role.HOLDER, "h-2"));
            city.wasRefusedBy(ALL_04).about("NotTheParty");
            city.sends(give, City.party(Role.ENTERPRISE, "h-1x"));
            city.wasRefusedBy(ALL_04).about("NotTheParty");
            city.at(VALID_UNTIL).sends(give);
            city.wasRefusedBy(GZ_31).about("DueForRecovery").limit(VALID_UNTIL);
            city.at(FROM).uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
            city.sends(give);
            city.wasRefusedBy(GZ_31).at(Check.STATE).about("VoucherStatus");
        }
    }

    // ---------------------------------------------------------------- the cycle's end

    @ParameterizedTest
    @EnumSource(QuotaThen.class)
    @DisplayName("CV-01: unused at the cycle's end, a voucher goes back; its count stays or is free as the scheme says")
    void cycleEnd(QuotaThen count) {
        try (City city = withTaken(count)) {
            city.at(VALID_UNTIL.minusNanos(1_000)).sends(new RecoverVoucher(V1));
            city.wasRefusedBy(CV_01).about("NotDueForRecovery").limit(VALID_UNTIL);

            city.at(VALID_UNTIL).sends(new RecoverVoucher(V1)).wasAccepted();
            city.voucher(V1).is(REVOKED).has(Account.BACK, LARGE);
            assertThat(city.lastOutcome().events())
                    .filteredOn(VoucherRevoked.class::isInstance)
                    .first()
                    .isInstanceOfSatisfying(VoucherRevoked.class, revoked -> {
                        assertThat(revoked.rule()).isEqualTo("CV-01");
                        assertThat(revoked.forCause()).isFalse();
                    });
            assertThat(city.taken("B1", "h-1", CATERING)).isEqualTo(count == QuotaThen.KEEP ? 1 : 0);
            assertThat(city.batch("B1").lapsed().value()).isEqualTo(LARGE);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-33: used but never claimed, a voucher is revoked when redemption closes; its holder has had it")
    void neverClaimed() {
        try (City city = withTaken(QuotaThen.FREE)) {
            city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
            city.at(REDEMPTION_UNTIL.minusNanos(1_000)).sends(new RecoverVoucher(V1));
            city.wasRefusedBy(GZ_33).about("NotDueForRecovery").limit(REDEMPTION_UNTIL);
            city.at(REDEMPTION_UNTIL).sends(new RecoverVoucher(V1)).wasAccepted();

            city.voucher(V1).is(REVOKED).has(Account.BACK, LARGE);
            assertThat(city.providerQuota("P1").taken().value()).isZero();
            assertThat(city.taken("B1", "h-1", CATERING)).isEqualTo(1);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-32: lifting a freeze with a new deadline lets a voucher be used beyond the cycle")
    void extended() {
        try (City city = withTaken()) {
            Instant extended = VALID_UNTIL.plusSeconds(86_400);
            city.sends(new FreezeVoucher(V1, "核查")).wasAccepted();
            city.sends(new LiftVoucherFreeze(V1, extended, "查清")).wasAccepted();
            city.at(VALID_UNTIL).sends(new RecoverVoucher(V1));
            city.wasRefusedBy(CV_01).limit(extended);
            city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-26, GZ-32: revoked for cause, a used voucher keeps its purchase bound and its count charged")
    void forCause() {
        try (City city = withTaken()) {
            city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
            city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
            city.sends(new RevokeForCause(V1, "虚假交易")).wasAccepted();
            assertThat(city.taken("B1", "h-1", CATERING)).isEqualTo(2);
            assertThat(city.batch("B1").available().value()).isEqualTo(yuan(1_000) - SMALL);
            city.uses("B1-T2", "P1", "R-1", yuan(200));
            city.wasRefusedBy(GZ_26).about("AlreadyUsed");
            city.booksBalance();
        }
    }

    @Test
    @DisplayName(
            "GZ-32: a disqualified merchant's purchases are frozen, neither claimed nor recovered until the bureau revokes")
    void disqualifiedMerchant() {
        try (City city = withTaken()) {
            city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
            city.sends(new DisqualifyProvider(Cast.code("P1"), "套现")).wasAccepted();
            city.sends(new ApplyDisqualification(V1)).wasAccepted();
            city.voucher(V1).is(ACCEPTED).isFrozen(true);
            city.claims("C1", V1);
            city.wasRefusedBy(GZ_32).about("PartyDisqualified");
            city.sends(new UndoPurchase(V1, "退货"));
            city.wasRefusedBy(GZ_32).about("VoucherFrozen");
            city.at(REDEMPTION_UNTIL).sends(new RecoverVoucher(V1));
            city.wasRefusedBy(GZ_32).about("VoucherFrozen");
            city.sends(new RevokeForCause(V1, "套现")).wasAccepted();
            city.voucher(V1).is(REVOKED).has(Account.BACK, LARGE);
            city.booksBalance();
        }
    }

    // ---------------------------------------------------------------- closing

    @Test
    @DisplayName("ALL-03: a cycle is closed without ever being published, once redemption is over; the rest lapses")
    void closes() {
        try (City city = withTaken()) {
            city.sends(new CloseBatch("B1"));
            city.wasRefusedBy(ALL_03).at(Check.STATE).about("BatchPhase");
            city.at(UNTIL).sends(new EndApplications("B1")).wasAccepted();
            assertThat(city.batch("B1").phase()).isEqualTo(BatchPhase.ENDED);
            assertThat(city.batch("B1").ended().resultsDueAt()).isNull();
            city.at(VALID_UNTIL).sends(new RecoverVoucher(V1)).wasAccepted();
            city.at(REDEMPTION_UNTIL.minusNanos(1_000)).sends(new CloseBatch("B1"));
            city.wasRefusedBy(GZ_40).about("RedemptionOpen").limit(REDEMPTION_UNTIL);
            city.at(REDEMPTION_UNTIL).sends(new CloseBatch("B1")).wasAccepted();

            assertThat(city.batch("B1").phase()).isEqualTo(BatchPhase.CLOSED);
            assertThat(city.batch("B1").lapsed().value()).isEqualTo(yuan(1_000));
            city.takes("h-1", "B1", RETAIL, SMALL);
            assertThat(city.lastOutcome().accepted()).isFalse();
            city.booksBalance();
        }
    }
}
