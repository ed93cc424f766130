package org.voucherledger.domain.ordering;

import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.rule.Rule.GZ_31;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

/** GZ-20: thirty natural days, counted from the day after applications actually end. */
class OrderDeadlineTest {

    private City city;

    @BeforeEach
    void begin() {
        city = new City();
    }

    @AfterEach
    void end() {
        city.booksBalance().close();
    }

    /** The rulebook's own example: a window that ends on 30 April at 17:00. */
    private void granted() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(10_000)).to("E1"));
    }

    @DisplayName("GZ-20: the last instant of day 30 is in time, 00:00 of day 31 is too late")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-05-30T23:59:59.999, accepted", "2020-05-31T00:00, refused", "2020-05-31T00:00:00.001, refused"})
    void orderInTime(String at, String expected) {
        granted();
        city.provider("P1");
        city.at(at).orders("V1").using(yuan(10_000));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(ORDERED);
        } else {
            city.wasRefusedBy(GZ_20).limit(GuangzhouTerms.shanghai("2020-05-31T00:00"));
            city.voucher("V1").isStill(ISSUED);
        }
    }

    @DisplayName("GZ-20: the contract is received by the same instant; a confirmation may follow")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-05-30T23:59:59.999, accepted", "2020-05-31T00:00, refused"})
    void contractInTime(String at, String expected) {
        granted();
        city.orders("V1").using(yuan(10_000)).wasAccepted();
        city.sends(new ConfirmOrder(city.id("V1"))).wasAccepted();
        city.at(at).uploadsContract("V1");
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_20).limit(GuangzhouTerms.shanghai("2020-05-31T00:00"));
        }
    }

    @DisplayName("GZ-30, GZ-31: what may no longer be ordered may no longer be returned, and is recovered")
    @ParameterizedTest(name = "{0}: due {1}")
    @CsvSource({"2020-05-30T23:59:59.999, false", "2020-05-31T00:00, true"})
    void returnedOrRecovered(String at, boolean due) {
        granted();
        city.at(at);
        if (due) {
            city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasRefusedBy(GZ_31);
            city.sends(new RecoverVoucher(city.id("V1")))
                    .wasAccepted()
                    .voucher("V1")
                    .is(REVOKED);
        } else {
            city.sends(new RecoverVoucher(city.id("V1"))).wasRefusedBy(GZ_30);
            city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-20: a grant published late counts from its publication")
    void publishedLate() {
        city.enterprise("E1");
        city.provider("P1");
        city.at("2020-04-30T16:00");
        city.opensBatch("B1", yuan(10_000), city.now(), GuangzhouTerms.shanghai("2020-04-30T17:00"))
                .wasAccepted();
        city.applies("E1", "B1", yuan(10_000)).wasAccepted();
        // Results are due by the end of 6 May, the first working day after the holidays.
        city.at("2020-05-07T00:00").grantsAndPublishes("B1");
        city.at("2020-06-06T23:59:59.999").orders("B1-A1-V1").using(yuan(1)).wasAccepted();
        city.sends(new CancelOrder("B1-A1-V1", "改选")).wasAccepted();
        city.at("2020-06-07T00:00").orders("B1-A1-V1").using(yuan(1));
        city.wasRefusedBy(GZ_20).limit(GuangzhouTerms.shanghai("2020-06-07T00:00"));
    }

    @Test
    @DisplayName("GZ-30: thirty days after a very late publication end with the validity all the same")
    void neverBeyondValidity() {
        city.at("2020-11-20T09:00").grants(voucher("V1").worth(yuan(10_000)).to("E1"));
        city.at("2020-12-01T00:00");
        city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasRefusedBy(GZ_31);
        city.sends(new RecoverVoucher(city.id("V1")))
                .wasAccepted()
                .voucher("V1")
                .is(REVOKED);
    }

    @DisplayName("GZ-20: a last day that is not worked moves on only where the scheme says so")
    @ParameterizedTest(name = "rollover {0}: over at {1}")
    @CsvSource({"false, 2020-05-31T00:00", "true, 2020-06-02T00:00"})
    void rollover(boolean rollover, String over) {
        // 30 May 2020 was a Saturday.
        try (City other = new City(GuangzhouTerms.with(d -> rollover ? d.rollsOver() : d))) {
            other.at("2020-04-30T16:00").grants(voucher("V1").worth(100).to("E1"));
            other.provider("P1");
            other.at(GuangzhouTerms.shanghai(over)).orders("V1").using(1);
            other.wasRefusedBy(GZ_20).limit(GuangzhouTerms.shanghai(over));
            other.at(GuangzhouTerms.shanghai(over).minusMillis(1))
                    .orders("V1")
                    .using(1)
                    .wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-20: a window that closes at midnight has ended on the day before")
    void endsAtMidnight() {
        city.at("2020-04-30T23:00").grants(voucher("V1").worth(100).to("E1"));
        city.provider("P1");
        city.at("2020-05-31T00:00").orders("V1").using(1);
        city.wasRefusedBy(GZ_20).limit(GuangzhouTerms.shanghai("2020-05-31T00:00"));
        city.at("2020-05-30T23:59:59.999").orders("V1").using(1).wasAccepted();
    }
}
