package org.voucherledger.domain.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_01;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.ALL_06;
import static org.voucherledger.domain.rule.Rule.CV_01;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE_FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.REDEMPTION_UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.RETAIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;

/** Taking vouchers out of a cycle (CV-01). */
class TakingTest {

    @Test
    @DisplayName("CV-01: a holder takes a voucher of a category and face; money and count move with it")
    void takes() {
        try (City city = ConsumptionTerms.city()) {
            city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();

            assertThat(city.lastOutcome().result()).isEqualTo(new Taken("B1-T1", LARGE_FROM));
            assertThat(city.recorded()).containsExactly("MoneyTaken", "HolderQuotaCharged", "VoucherTaken");
            city.voucher("B1-T1").is(ISSUED).has(Account.HELD, LARGE);
            assertThat(city.state("B1-T1").issue().holderRef()).isEqualTo("h-1");
            assertThat(city.state("B1-T1").issue().enterpriseId()).isEmpty();
            assertThat(city.batch("B1").available().value()).isEqualTo(yuan(10_000) - LARGE);
            assertThat(city.taken("B1", "h-1", CATERING)).isEqualTo(1);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("CV-01: a holder takes n of a category and cycle, not n and one, whatever their faces")
    void countIsExact() {
        try (City city = ConsumptionTerms.city()) {
            city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
            city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();

            city.takes("h-1", "B1", CATERING, SMALL);
            city.wasRefusedBy(CV_01).at(Check.CAPS).about("HolderLimitReached");
            assertThat(city.lastOutcome().refusal().limit()).isEqualTo("2");
            assertThat(city.lastOutcome().refusal().used()).isEqualTo("2");

            // Another category, another holder and another cycle count for themselves.
            city.takes("h-1", "B1", RETAIL, SMALL).wasAccepted();
            city.takes("h-2", "B1", CATERING, SMALL).wasAccepted();
            city.opensCycle("B2", yuan(100), FROM, UNTIL, VALID_UNTIL, REDEMPTION_UNTIL)
                    .wasAccepted();
            city.takes("h-1", "B2", CATERING, SMALL).wasAccepted();
            assertThat(city.lastOutcome().result()).isEqualTo(new Taken("B2-T1", yuan(100)));
            city.booksBalance();
        }
    }

    @ParameterizedTest(name = "a cycle of {0} yuan, {1} taken: 50 more {2}")
    @CsvSource({"70, 20, true", "69, 20, false", "50, 0, true", "49, 0, false"})
    @DisplayName("CV-01: a cycle gives its last fen, not one more, and says what is left")
    void budgetIsExact(long budgetYuan, long takenYuan, boolean fits) {
        try (City city = ConsumptionTerms.city(ConsumptionTerms.published(), yuan(budgetYuan))) {
            if (takenYuan > 0) {
                city.takes("h-1", "B1", RETAIL, yuan(takenYuan)).wasAccepted();
            }
            city.takes("h-2", "B1", CATERING, LARGE);
            if (fits) {
                city.wasAccepted();
                assertThat(city.batch("B1").available().value()).isZero();
            } else {
                city.wasRefusedBy(CV_01)
                        .at(Check.CAPS)
                        .about("NothingLeftToTake")
                        .limit(yuan(budgetYuan - takenYuan))
                        .asked(LARGE);
                assertThat(city.taken("B1", "h-2", CATERING)).isZero();
            }
            city.booksBalance();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2022-06-06T01:59:59.999999Z, WindowNotOpen",
        "2022-06-06T02:00:00Z, ",
        "2022-06-09T15:59:59.999999Z, ",
        "2022-06-09T16:00:00Z, WindowClosed"
    })
    @DisplayName("GZ-10: a voucher is taken from the first instant of the window on, not at its closing instant")
    void windowIsExact(Instant at, String refused) {
        try (City city = ConsumptionTerms.city()) {
            city.at(at).takes("h-1", "B1", CATERING, SMALL);
            if (refused == null) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(GZ_10).at(Check.DEADLINE).about(refused);
            }
        }
    }

    @Test
    @DisplayName("CV-01: nothing is taken once the cycle is over, even where its window was moved beyond it")
    void cycleEnds() {
        try (City city = ConsumptionTerms.city()) {
            city.sends(new MoveDate("B1", BatchDate.APPLY_UNTIL, VALID_UNTIL.plusSeconds(60), "notice-2", "延长"))
                    .wasAccepted();
            city.at(VALID_UNTIL.minusNanos(1_000))
                    .takes("h-1", "B1", CATERING, SMALL)
                    .wasAccepted();
            city.at(VALID_UNTIL).takes("h-1", "B1", CATERING, SMALL);
            city.wasRefusedBy(CV_01).about("CycleEnded").limit(VALID_UNTIL);
        }
    }

    @Test
    @DisplayName("GZ-10: nothing is taken after the end of the window has been recorded")
    void recordedEnd() {
        try (City city = ConsumptionTerms.city()) {
            city.at(UNTIL).sends(new EndApplications("B1")).wasAccepted();
            city.takes("h-1", "B1", CATERING, SMALL);
            city.wasRefusedBy(GZ_10).at(Check.STATE).about("BatchPhase");
        }
    }

    @Test
    @DisplayName("CV-01: a category and a face that the scheme does not offer are refused")
    void offered() {
        try (City city = ConsumptionTerms.city()) {
            city.takes("h-1", "B1", "CULTURE", SMALL);
            city.wasRefusedBy(CV_01).at(Check.PRODUCT).about("CategoryNotOffered");
            city.takes("h-1", "B1", RETAIL, LARGE);
            city.wasRefusedBy(CV_01).at(Check.AMOUNTS).about("FaceNotOffered").asked(LARGE);
            city.takes("h-1", "B1", RETAIL, SMALL + 1);
            city.wasRefusedBy(CV_01).about("FaceNotOffered");
        }
    }

    @Test
    @DisplayName("ALL-04: nobody takes a voucher for another holder")
    void actsForItself() {
        try (City city = ConsumptionTerms.city()) {
            city.sends(new TakeVoucher("B1", "h-1", CATERING, SMALL), City.party(Role.HOLDER, "h-2"));
            city.wasRefusedBy(ALL_04).at(Check.ACTOR).about("NotTheParty");
            city.sends(new TakeVoucher("B1", "h-1", CATERING, SMALL), new Actor("platform", Role.HOLDER, ""));
            city.wasRefusedBy(ALL_04).about("NotTheParty");
        }
    }

    @Test
    @DisplayName("ALL-01: nothing is taken out of a batch of service vouchers, nor out of none")
    void notOfThisKind() {
        try (City city = new City()) {
            city.opensBatch("B1", yuan(1_000), city.now(), city.now().plusSeconds(60));
            city.takes("h-1", "B1", CATERING, SMALL);
            city.wasRefusedBy(ALL_01).at(Check.STATE).about("NotOfThisKind");
            city.takes("h-1", "B9", CATERING, SMALL);
            city.wasRefusedBy(ALL_06).about("BatchUnknown");
        }
    }
}
