package org.voucherledger.domain.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_12;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_25;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Dates that a scheme fixes, and dates that count from the publication of the grant. */
class CountedDatesTest {

    /** Valid for 60 days, claimed from the 10th day on until 30 days after the validity. */
    private static City counted() {
        return new City(GuangzhouTerms.with(d -> d.countsFromPublication(60, 10, 30)));
    }

    private static City fixed(String until) {
        return new City(GuangzhouTerms.with(d -> d.ordersUntil(shanghai(until))));
    }

    private static void move(City city, BatchDate date, String to) {
        city.sends(new MoveDate("B1", date, shanghai(to), "notice-9", "调整"));
    }

    // ---------------------------------------------------------------- a fixed order deadline

    @DisplayName("GZ-20: a fixed order deadline is the first instant that is too late, however early the window ended")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-09-15T11:59:59.999, accepted", "2020-09-15T12:00, refused"})
    void fixedDeadline(String at, String expected) {
        try (City city = fixed("2020-09-15T12:00")) {
            city.at("2020-04-30T16:00").grants(voucher("V1").worth(100).to("E1"));
            city.provider("P1");
            city.at(at).orders("V1").using(1);
            if (expected.equals("accepted")) {
                city.wasAccepted();
            } else {
                city.wasRefusedBy(GZ_20).limit(shanghai("2020-09-15T12:00"));
                city.sends(new RecoverVoucher(city.id("V1"))).wasAccepted();
                city.booksBalance();
            }
        }
    }

    @DisplayName("ALL-06, GZ-20: a fixed deadline that the authority moved holds, also for a grant published late")
    @ParameterizedTest(name = "late {0}")
    @CsvSource({"false", "true"})
    void movedFixedDeadline(boolean late) {
        try (City city = fixed("2020-09-15T12:00")) {
            city.enterprise("E1");
            city.provider("P1");
            city.at("2020-04-30T16:00");
            city.opensBatch("B1", 1_000, city.now(), shanghai("2020-04-30T17:00"))
                    .wasAccepted();
            city.applies("E1", "B1", 100).wasAccepted();
            move(city, BatchDate.ORDER_DEADLINE, "2020-08-01T00:00");
            city.wasAccepted();
            city.at(late ? "2020-05-09T09:00" : "2020-05-06T09:00").grantsAndPublishes("B1");
            assertThat(city.batch("B1").date(BatchDate.ORDER_DEADLINE)).isEqualTo(shanghai("2020-08-01T00:00"));
        }
    }

    @Test
    @DisplayName("ALL-06, GZ-14, GZ-20: a backfilled voucher has the moved deadline like all others")
    void movedFixedDeadlineOfTheBackfilled() {
        try (City city = new City(GuangzhouTerms.with(
                d -> d.ordersUntil(shanghai("2020-09-15T12:00")),
                d -> d.backfillUntil(shanghai("2020-07-01T00:00"))))) {
            city.opensBatch("B1", 100, city.now(), city.now().plusSeconds(60)).wasAccepted();
            city.applies("E1", "B1", 100).wasAccepted();
            city.applies("E2", "B1", 100).wasAccepted();
            city.at(city.now().plusSeconds(60)).grantsAndPublishes("B1");
            city.provider("P1");
            city.sends(new ReturnVoucher("B1-A1-V1", "不再需要")).wasAccepted();
            city.sends(new Backfill("B1", 1)).wasAccepted();
            move(city, BatchDate.ORDER_DEADLINE, "2020-08-01T00:00");
            city.wasAccepted();
            city.at("2020-08-01T00:00").orders("B1-A2-V1").using(1);
            city.wasRefusedBy(GZ_20).limit(shanghai("2020-08-01T00:00"));
            city.booksBalance();
        }
    }

    @DisplayName(
            "GZ-32: after the provider's disqualification a voucher under a fixed deadline is never due before it could be used anew")
    @ParameterizedTest(name = "disqualified {0}: until {1}")
    @CsvSource({"2020-05-20T09:00, 2020-12-01T00:00", "2020-10-01T09:00, 2020-12-01T00:00"})
    void reinstatedUnderAFixedDeadline(String at, String until) {
        try (City city = fixed("2020-09-15T12:00")) {
            city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(1_000)).to("E1"));
            city.contracts("V1", yuan(1_000));
            city.provider("P2");
            city.at(at).sends(new DisqualifyProvider(Cast.code("P1"), "骗补")).wasAccepted();
            city.sends(new ApplyDisqualification(city.id("V1"))).wasAccepted();
            city.voucher("V1").is(VoucherStatus.ISSUED);
            city.at(shanghai(until).minusMillis(1))
                    .orders("V1")
                    .from("P2")
                    .using(1)
                    .wasAccepted();
            city.booksBalance();
        }
    }

    // ---------------------------------------------------------------- counted from the publication

    @DisplayName("GZ-30: validity ends at 24:00 of the n-th day after publication")
    @ParameterizedTest(name = "published {0}: valid until {1}")
    @CsvSource({
        "2020-04-30T17:00, 2020-06-30T00:00",
        "2020-05-06T23:59:59.999, 2020-07-06T00:00",
        "2020-05-20T00:00, 2020-07-20T00:00"
    })
    void validity(String publishedAt, String validUntil) {
        try (City city = counted()) {
            city.enterprise("E1");
            city.at("2020-04-30T16:00");
            city.opensBatch("B1", 1_000, city.now(), shanghai("2020-04-30T17:00"))
                    .wasAccepted();
            city.applies("E1", "B1", 100).wasAccepted();
            assertThat(city.batch("B1").date(BatchDate.VALID_UNTIL)).isNull();
            city.at(publishedAt).grantsAndPublishes("B1");
            Instant ends = shanghai(validUntil);
            assertThat(city.batch("B1").date(BatchDate.VALID_UNTIL)).isEqualTo(ends);
            assertThat(city.batch("B1").date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(ends.plusSeconds(30L * 24 * 3_600));
        }
    }

    @DisplayName("GZ-24, GZ-30: paid within the counted validity, recovered from its end on")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-06-29T23:59:59.999, paid", "2020-06-30T00:00, over"})
    void paidWithinValidity(String at, String expected) {
        try (City city = counted()) {
            city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(1_000)).to("E1"));
            city.contracts("V1", yuan(1_000));
            city.at(at);
            if (expected.equals("paid")) {
                city.sends(new RecoverVoucher(city.id("V1")))
                        .wasRefusedBy(GZ_30)
                        .limit(shanghai("2020-06-30T00:00"));
                city.pays("V1", yuan(1_000)).wasAccepted();
            } else {
                city.pays("V1", yuan(1_000));
                assertThat(city.lastOutcome().accepted()).isFalse();
                city.sends(new RecoverVoucher(city.id("V1"))).wasAccepted();
            }
            city.booksBalance();
        }
    }

    @DisplayName(
            "GZ-40, GZ-33: claimed from 24:00 of the day it opens until so many days after the validity, then recovered")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2020-05-10T23:59:59.999, early",
        "2020-05-11T00:00, claimed",
        "2020-07-29T23:59:59.999, claimed",
        "2020-07-30T00:00, over"
    })
    void redemption(String at, String expected) {
        try (City city = counted()) {
            city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(1_000)).to("E1"));
            city.at("2020-05-09T09:00").contracts("V1", yuan(1_000));
            var papers = city.papers("V1")
                    .served(City.day("2020-05-01"), City.day("2020-05-08"))
                    .completedOn(City.day("2020-05-08"))
                    .invoicedOn(City.day("2020-05-08"))
                    .transferredOn(City.day("2020-05-08"));
            city.proves("V1", papers.transferred(papers.invoicedFen() - yuan(1_000)));
            city.paysAndAccepts("V1", yuan(1_000));
            city.at(at).claims("C1", "V1");
            switch (expected) {
                case "early" ->
                    city.wasRefusedBy(GZ_40).about("RedemptionNotOpen").limit(shanghai("2020-05-11T00:00"));
                case "claimed" -> city.wasAccepted();
                default -> {
                    city.wasRefusedBy(GZ_40).about("RedemptionClosed").limit(shanghai("2020-07-30T00:00"));
                    city.sends(new RecoverVoucher(city.id("V1"))).wasAccepted();
                    city.sends(new CloseBatch("B1")).wasAccepted();
                }
            }
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-12, GZ-30: before publication nothing of a counted date is due, however long it takes")
    void nothingIsDueBefore() {
        try (City city = counted()) {
            city.enterprise("E1");
            city.opensBatch("B1", 1_000, city.now(), city.now().plusSeconds(60)).wasAccepted();
            city.applies("E1", "B1", 100).wasAccepted();
            city.at("2020-12-30T09:00");
            city.sends(new EndApplications("B1")).wasAccepted();
            city.sends(new GrantApplications("B1", 100)).wasAccepted();
            city.sends(new RecoverVoucher("B1-A1-V1")).wasRefusedBy(GZ_12).at(Check.STATE);
            city.sends(new ReturnVoucher("B1-A1-V1", "不再需要")).wasRefusedBy(GZ_12);
            city.sends(new LapseRemainder("B1-A1-V1")).wasRefusedBy(GZ_25);
            assertThat(city.batch("B1").date(BatchDate.REDEMPTION_UNTIL)).isNull();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("ALL-06: the authority fixes a counted date before the publication, and moves it after")
    void movedDates() {
        try (City city = counted()) {
            city.enterprise("E1");
            city.at("2020-04-30T16:00");
            city.opensBatch("B1", 1_000, city.now(), shanghai("2020-04-30T17:00"))
                    .wasAccepted();
            city.applies("E1", "B1", 100).wasAccepted();
            move(city, BatchDate.VALID_UNTIL, "2020-08-01T00:00");
            city.wasAccepted();
            assertThat(((BatchDateMoved) city.lastOutcome().events().getFirst()).before())
                    .isNull();
            city.at("2020-04-30T17:00").grantsAndPublishes("B1");
            assertThat(city.batch("B1").date(BatchDate.VALID_UNTIL)).isEqualTo(shanghai("2020-08-01T00:00"));
            // The window counts from the validity in force.
            assertThat(city.batch("B1").date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(shanghai("2020-08-31T00:00"));
            move(city, BatchDate.REDEMPTION_UNTIL, "2020-09-30T00:00");
            city.wasAccepted();
            assertThat(city.batch("B1").date(BatchDate.REDEMPTION_UNTIL)).isEqualTo(shanghai("2020-09-30T00:00"));
            move(city, BatchDate.REDEMPTION_FROM, "2020-09-30T00:00");
            city.wasRefusedBy(GZ_40).about("WindowEndsBeforeItOpens");
        }
    }

    @Test
    @DisplayName("GZ-40: a grant is not published with a redemption window that would close before it opens")
    void windowThatNeverOpens() {
        try (City city = counted()) {
            city.enterprise("E1");
            city.at("2020-04-30T16:00")
                    .sends(new OpenBatch(
                            "B1",
                            SCHEME,
                            "",
                            1_000,
                            city.now(),
                            shanghai("2020-04-30T17:00"),
                            null,
                            null,
                            shanghai("2020-05-11T00:00"),
                            "notice-1"))
                    .wasAccepted();
            city.applies("E1", "B1", 100).wasAccepted();
            city.at("2020-04-30T17:00").sends(new EndApplications("B1")).wasAccepted();
            city.sends(new GrantApplications("B1", 100)).wasAccepted();
            city.sends(new PublishGrant("B1", 100)).wasRefusedBy(GZ_40).about("WindowEndsBeforeItOpens");
            move(city, BatchDate.REDEMPTION_UNTIL, "2020-05-11T00:00:01");
            city.wasAccepted();
            city.sends(new PublishGrant("B1", 100)).wasAccepted();
        }
    }
}
