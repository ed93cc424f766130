package org.voucherledger.domain.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Ending;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.Outcome;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

/** What becomes of quota and money of a voucher that ends unused is the scheme's to say (GZ-30, GZ-31, GZ-32). */
class EndingOutcomesTest {

    private static final long FACE = yuan(10_000);

    private enum How {
        RETURN,
        EXPIRY,
        VIOLATION
    }

    /** The one ending as said, the two others the opposite of it, so that a mix-up shows. */
    private static City cityWith(How how, Outcome said) {
        var opposite = new Outcome(
                said.quota() == QuotaThen.FREE ? QuotaThen.KEEP : QuotaThen.FREE,
                said.money() == MoneyThen.BACK ? MoneyThen.LAPSED : MoneyThen.BACK);
        var ending = new Ending(
                how == How.RETURN ? said : opposite,
                how == How.EXPIRY ? said : opposite,
                how == How.VIOLATION ? said : opposite);
        City city = new City(
                GuangzhouTerms.with(d -> d.ending(ending), d -> d.backfillUntil(shanghai("2020-09-01T00:00"))));
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(FACE).to("E1"));
        return city;
    }

    private static City ends(City city, How how) {
        switch (how) {
            case RETURN -> city.at("2020-05-20T09:00").sends(new ReturnVoucher(city.id("V1"), "不再需要"));
            case EXPIRY -> city.at("2020-05-31T00:00").sends(new RecoverVoucher(city.id("V1")));
            case VIOLATION -> city.at("2020-05-20T09:00").sends(new RevokeForCause(city.id("V1"), "骗补"));
        }
        return city.wasAccepted();
    }

    @DisplayName("GZ-30, GZ-31, GZ-32: each ending frees or keeps the quota, and sends the money back or lets it lapse")
    @ParameterizedTest(name = "{0}: quota {1}, money {2}")
    @CsvSource({
        "RETURN, FREE, BACK",
        "RETURN, FREE, LAPSED",
        "RETURN, KEEP, BACK",
        "RETURN, KEEP, LAPSED",
        "EXPIRY, FREE, BACK",
        "EXPIRY, FREE, LAPSED",
        "EXPIRY, KEEP, BACK",
        "EXPIRY, KEEP, LAPSED",
        "VIOLATION, FREE, BACK",
        "VIOLATION, FREE, LAPSED",
        "VIOLATION, KEEP, BACK",
        "VIOLATION, KEEP, LAPSED"
    })
    void endings(How how, QuotaThen quota, MoneyThen money) {
        try (City city = cityWith(how, new Outcome(quota, money))) {
            ends(city, how).voucher("V1").has(Account.BACK, FACE).has(Account.HELD, 0);
            assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(quota == QuotaThen.KEEP ? FACE : 0);
            assertThat(city.books().batch("B1").available).isEqualTo(money == MoneyThen.BACK ? FACE : 0);
            assertThat(city.books().batch("B1").lapsed).isEqualTo(money == MoneyThen.LAPSED ? FACE : 0);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-25, GZ-33: an expiry that frees the quota frees what ends, not the remainder that lapsed before")
    void remainderStaysCharged() {
        long paid = yuan(7_000);
        try (City city = cityWith(How.EXPIRY, new Outcome(QuotaThen.FREE, MoneyThen.BACK))) {
            city.at("2020-05-20T09:00").accepts("V1", paid);
            city.at("2020-06-02T09:00").claims("C1", "V1").wasAccepted();
            city.sends(new WithdrawClaim("C1", "补件")).wasAccepted();
            city.voucher("V1").is(ACCEPTED).has(Account.BACK, FACE - paid);
            city.at("2021-01-01T00:00").sends(new RecoverVoucher(city.id("V1"))).wasAccepted();
            assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(FACE - paid);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-11, GZ-30: what an expiry has freed may be asked for again")
    void askedForAgain() {
        try (City city = cityWith(How.EXPIRY, new Outcome(QuotaThen.FREE, MoneyThen.LAPSED))) {
            ends(city, How.EXPIRY);
            city.opensBatch("B2", FACE * 2, city.now(), city.now().plusSeconds(60))
                    .wasAccepted();
            city.applies("E1", "B2", FACE * 2).wasAccepted();
        }
    }
}
