package org.voucherledger.domain.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_21;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.DeclineOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderClawback;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPayment;

/** GZ-21: taken + reserved + asked stay within the cap; what is undone is free again. */
class ProviderCapTest {

    private static final long CAP = yuan(12_000);

    private City city;

    @BeforeEach
    void begin() {
        city = new City(GuangzhouTerms.with(d -> d.providerCap(CAP)));
        city.at("2020-05-01T09:00")
                .grants(
                        voucher("V1").worth(yuan(10_000)).to("E1"),
                        voucher("V2").worth(yuan(10_000)).to("E2"));
        city.provider("P1");
    }

    @AfterEach
    void end() {
        city.booksBalance().close();
    }

    private void quotaIs(long reserved, long taken) {
        assertThat(city.providerQuota("P1").reserved().value()).as("reserved").isEqualTo(reserved);
        assertThat(city.providerQuota("P1").taken().value()).as("taken").isEqualTo(taken);
    }

    @DisplayName("GZ-21: an order fits up to the last fen of the provider's cap, not one fen more")
    @ParameterizedTest(name = "{0} reserved, {1} asked: {2}")
    @CsvSource({"1000000, 200000, accepted", "1000000, 200001, refused", "1000000, 199999, accepted"})
    void capIsExact(long reserved, long asked, String expected) {
        city.orders("V1").using(reserved).wasAccepted();
        city.orders("V2").using(asked);
        if (expected.equals("accepted")) {
            city.wasAccepted();
            quotaIs(reserved + asked, 0);
        } else {
            city.wasRefusedBy(GZ_21).at(Check.CAPS).limit(CAP).used(reserved).asked(asked);
            city.voucher("V2").isStill(ISSUED);
            quotaIs(reserved, 0);
        }
    }

    @DisplayName("GZ-21: the cap is the smaller of the fixed one and ten per cent of the fund in force")
    @ParameterizedTest(name = "fund {0}: {1} fen")
    @CsvSource({"12000000, 1200000", "11999990, 1199999", "11999999, 1199999", "3000000000, 1200000"})
    void tenPerCentOfTheFund(long fund, long cap) {
        city.sends(new ChangeFund(SCHEME, fund, "notice-2", "调整")).wasAccepted();
        city.orders("V1").using(yuan(10_000)).wasAccepted();
        city.orders("V2").using(cap - yuan(10_000) + 1);
        city.wasRefusedBy(GZ_21).limit(cap);
        city.orders("V2").using(cap - yuan(10_000)).wasAccepted();
    }

    @Test
    @DisplayName("GZ-21: providers have a cap each")
    void eachItsOwn() {
        city.orders("V1").from("P1").using(yuan(10_000)).wasAccepted();
        city.orders("V2").from("P2").using(yuan(10_000)).wasAccepted();
    }

    @Test
    @DisplayName("GZ-21: payment turns what was reserved into what is taken; less frees the difference")
    void paymentTakes() {
        city.contracts("V1", yuan(10_000))
                .at("2020-05-20T09:00")
                .pays("V1", yuan(7_000))
                .wasAccepted();
        quotaIs(0, yuan(7_000));
    }

    @DisplayName("GZ-21: paying more than was reserved must fit with its difference")
    @ParameterizedTest(name = "5000 reserved, {0} paid: {1}")
    @CsvSource({"700000, accepted", "700001, refused"})
    void payingMoreThanReserved(long paid, String expected) {
        city.contracts("V1", yuan(5_000));
        city.orders("V2").using(yuan(5_000)).wasAccepted();
        city.at("2020-05-20T09:00").pays("V1", paid);
        if (expected.equals("accepted")) {
            city.wasAccepted();
            quotaIs(yuan(5_000), paid);
        } else {
            city.wasRefusedBy(GZ_21).limit(CAP).used(yuan(10_000)).asked(paid - yuan(5_000));
            city.voucher("V1").isStill(CONTRACT_CONFIRMED);
            quotaIs(yuan(10_000), 0);
        }
    }

    @Test
    @DisplayName("GZ-21: decline, cancel and return release what was reserved")
    void releasedBeforePayment() {
        city.orders("V1").using(yuan(10_000)).wasAccepted();
        city.sends(new DeclineOrder(city.id("V1"), "无力承接")).wasAccepted();
        quotaIs(0, 0);
        city.orders("V1").using(yuan(9_000)).wasAccepted();
        city.sends(new CancelOrder(city.id("V1"), "改选")).wasAccepted();
        quotaIs(0, 0);
        city.orders("V1").using(yuan(8_000)).wasAccepted();
        city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasAccepted();
        quotaIs(0, 0);
    }

    @Test
    @DisplayName("GZ-21: recovery and revocation release what was reserved and what was taken")
    void releasedByRevocation() {
        city.contracts("V1", yuan(2_000))
                .at("2020-05-20T09:00")
                .pays("V1", yuan(2_000))
                .wasAccepted();
        city.orders("V2").using(yuan(10_000)).wasAccepted();
        city.sends(new RevokeForCause(city.id("V1"), "违规")).wasAccepted();
        quotaIs(yuan(10_000), 0);
        city.at("2020-06-01T00:00").sends(new RecoverVoucher(city.id("V2"))).wasAccepted();
        quotaIs(0, 0);
    }

    @Test
    @DisplayName("GZ-21: a payment sent back or undone turns what was taken into what is reserved, V being the new X")
    void turnedBack() {
        city.contracts("V1", yuan(10_000))
                .at("2020-05-20T09:00")
                .pays("V1", yuan(6_000))
                .wasAccepted();
        city.sends(new SendPaymentBack(city.id("V1"), "不符")).wasAccepted();
        quotaIs(yuan(6_000), 0);
        city.paysAndAccepts("V1", yuan(6_000));
        city.sends(new RequestPaymentUndo(city.id("V1"), "付错")).wasAccepted();
        city.sends(new UndoPayment(city.id("V1"), "同意")).wasAccepted();
        quotaIs(yuan(6_000), 0);
        city.sends(new CancelOrder(city.id("V1"), "改选")).wasAccepted();
        quotaIs(0, 0);
    }

    @Test
    @DisplayName("GZ-21: a lowered item releases the difference when it is settled; a clawback releases nothing")
    void loweredItem() {
        city.contracts("V1", yuan(10_000)).at("2020-05-20T09:00").paysAndAccepts("V1", yuan(10_000));
        city.at("2020-06-02T09:00").claims("C1", "V1").wasAccepted();
        city.reviews("C1", yuan(9_000)).publishes("C1").wasAccepted();
        quotaIs(0, yuan(10_000));
        city.at("2020-06-10T00:00").settles("C1", "V1").wasAccepted();
        quotaIs(0, yuan(9_000));
        city.sends(new OrderClawback(city.id("V1"), Debtor.PROVIDER, yuan(9_000), "违规"))
                .wasAccepted();
        quotaIs(0, yuan(9_000));
    }

    @Test
    @DisplayName("GZ-21: an item rejected for good releases what was taken; one that may be claimed again does not")
    void rejectedItem() {
        city.contracts("V1", yuan(10_000)).at("2020-05-20T09:00").paysAndAccepts("V1", yuan(10_000));
        city.at("2020-06-02T09:00").claims("C1", "V1").wasAccepted();
        city.sends(new ReviewFirst("C1", List.of(new ItemReview(city.id("V1"), 0, "不符"))))
                .wasAccepted();
        city.sends(new ReviewFinally("C1", List.of(new ItemReview(city.id("V1"), 0, "不符"))))
                .wasAccepted();
        city.publishes("C1").wasAccepted();
        city.at("2020-06-10T00:00").endsNotice("C1", "V1").wasAccepted();
        quotaIs(0, yuan(10_000));
        city.at("2021-01-01T00:00").sends(new RecoverVoucher(city.id("V1"))).wasAccepted();
        quotaIs(0, 0);
    }
}
