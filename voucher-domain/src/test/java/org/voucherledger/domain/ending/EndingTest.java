package org.voucherledger.domain.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_25;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.rule.Rule.GZ_31;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

class EndingTest extends CityTest {

    private static final long FACE = yuan(10_000);
    private static final long PAID = yuan(7_000);

    @BeforeEach
    void granted() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(FACE).to("E1"));
        city.provider("P1");
        city.at("2020-05-20T09:00");
    }

    @DisplayName("GZ-30: a contract received in time is recovered only when it is not paid within validity")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-05-31T00:00, refused", "2020-11-30T23:59:59.999, refused", "2020-12-01T00:00, accepted"})
    void recoversTheUnpaid(String at, String expected) {
        city.contracts("V1", FACE).at(at).sends(new RecoverVoucher(city.id("V1")));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(REVOKED).has(Account.BACK, FACE).has(Account.ORDERED, 0);
            // The quota stays charged, and the provider's is free.
            assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(FACE);
            assertThat(city.providerQuota("P1").exists()).isFalse();
            assertThat(city.books().batch("B1").lapsed).isEqualTo(FACE);
        } else {
            city.wasRefusedBy(GZ_30).at(Check.DEADLINE).limit(shanghai("2020-12-01T00:00"));
        }
    }

    @DisplayName("GZ-33: paid or accepted without a live claim when redemption closes: revoked")
    @ParameterizedTest(name = "accepted {0}, {1}: {2}")
    @CsvSource({
        "false, 2020-12-31T23:59:59.999, refused",
        "false, 2021-01-01T00:00, accepted",
        "true, 2020-12-31T23:59:59.999, refused",
        "true, 2021-01-01T00:00, accepted"
    })
    void recoversTheUnclaimed(boolean accepted, String at, String expected) {
        city.contracts("V1", PAID).pays("V1", PAID).wasAccepted();
        if (accepted) {
            city.sends(new AcceptVoucher(city.id("V1"))).wasAccepted();
        }
        city.at(at).sends(new RecoverVoucher(city.id("V1")));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(REVOKED).has(Account.BACK, FACE);
            assertThat(city.providerQuota("P1").exists()).isFalse();
            assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(FACE);
        } else {
            city.wasRefusedBy(GZ_33).limit(shanghai("2021-01-01T00:00"));
        }
    }

    @Test
    @DisplayName("GZ-33: a live claim runs to its end after redemption has closed")
    void liveClaimGoesOn() {
        city.accepts("V1", PAID)
                .at("2020-12-31T23:59:59.999")
                .claims("C1", "V1")
                .wasAccepted();
        city.at("2021-01-01T00:00").sends(new RecoverVoucher(city.id("V1")));
        assertThat(city.lastOutcome().accepted()).isFalse();
        city.voucher("V1").isStill(CLAIMED);
        city.reviews("C1", PAID).publishes("C1").wasAccepted();
        city.at("2021-01-20T00:00").settles("C1", "V1").wasAccepted();
        city.voucher("V1").has(Account.REDEEMED, PAID).has(Account.BACK, FACE - PAID);
    }

    @DisplayName("GZ-31: returned with a contract until validity ends, and the quota is free again")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-11-30T23:59:59.999, accepted", "2020-12-01T00:00, refused"})
    void returned(String at, String expected) {
        city.contracts("V1", FACE).at(at).sends(new ReturnVoucher(city.id("V1"), "不再需要"));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(RETURNED).has(Account.BACK, FACE);
            assertThat(city.enterpriseQuota("E1").charged().isZero()).isTrue();
            assertThat(city.providerQuota("P1").exists()).isFalse();
        } else {
            city.wasRefusedBy(GZ_31).limit(shanghai("2020-12-01T00:00"));
            assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(FACE);
        }
    }

    @Test
    @DisplayName("GZ-31: not once it is paid")
    void notOncePaid() {
        city.contracts("V1", PAID).pays("V1", PAID).wasAccepted();
        city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasRefusedBy(GZ_31).at(Check.STATE);
    }

    @Test
    @DisplayName("GZ-25: what is left goes back when a claim is first submitted, and stays charged")
    void remainderAtClaim() {
        city.accepts("V1", PAID).voucher("V1").has(Account.HELD, FACE - PAID);
        city.at("2020-06-02T09:00").claims("C1", "V1").wasAccepted();
        city.voucher("V1").has(Account.HELD, 0).has(Account.BACK, FACE - PAID).has(Account.CLAIMED, PAID);
        assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(FACE);
        assertThat(city.books().batch("B1").lapsed).isEqualTo(FACE - PAID);
    }

    @DisplayName("GZ-25: what is left goes back when validity ends, if the payment was accepted by then")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-11-30T23:59:59.999, refused", "2020-12-01T00:00, accepted"})
    void remainderAtValidity(String at, String expected) {
        city.accepts("V1", PAID).at(at).sends(new LapseRemainder(city.id("V1")));
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(ACCEPTED).has(Account.HELD, 0).has(Account.BACK, FACE - PAID);
            city.sends(new LapseRemainder(city.id("V1"))).wasRefusedBy(GZ_25).at(Check.STATE);
        } else {
            city.wasRefusedBy(GZ_25).limit(shanghai("2020-12-01T00:00"));
        }
    }

    @DisplayName("GZ-25: an acceptance after validity has ended lets the remainder go at once; one before does not")
    @ParameterizedTest(name = "{0}: {1} back")
    @CsvSource({"2020-11-30T23:59:59.999, 0", "2020-12-01T00:00, 300000"})
    void remainderAtLateAcceptance(String at, long back) {
        city.contracts("V1", PAID).pays("V1", PAID).wasAccepted();
        city.at(at).sends(new AcceptVoucher(city.id("V1"))).wasAccepted();
        city.voucher("V1").has(Account.BACK, back).has(Account.HELD, FACE - PAID - back);
    }

    @Test
    @DisplayName("GZ-25: a voucher used to the last fen has nothing to lapse")
    void nothingLeft() {
        city.accepts("V1", FACE)
                .at("2020-12-01T00:00")
                .sends(new LapseRemainder(city.id("V1")))
                .wasRefusedBy(GZ_25);
    }
}
