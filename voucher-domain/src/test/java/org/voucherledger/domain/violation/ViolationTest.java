package org.voucherledger.domain.violation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.OrderClawback;
import org.voucherledger.domain.voucher.VoucherCommand.RecordRepayment;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.WaiveClawback;

class ViolationTest extends CityTest {

    private static final long FACE = yuan(10_000);
    private static final Instant ORDER_DEADLINE = shanghai("2020-05-31T00:00");

    @BeforeEach
    void granted() {
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(FACE).to("E1"),
                        voucher("V2").worth(FACE).to("E1"),
                        voucher("V3").worth(FACE).to("E2"));
        city.provider("P1");
        city.at("2020-05-20T09:00");
    }

    private Command freeze(String what) {
        return switch (what) {
            case "voucher" -> new FreezeVoucher(city.id("V1"), "疑点");
            case "enterprise" -> new FreezeEnterprise(Cast.code("E1"), "疑点");
            default -> new FreezeProvider(Cast.code("P1"), "疑点");
        };
    }

    private Command lift(String what, Instant newDeadline) {
        return switch (what) {
            case "voucher" -> new LiftVoucherFreeze(city.id("V1"), newDeadline, "查清");
            case "enterprise" -> new LiftEnterpriseFreeze(Cast.code("E1"), newDeadline, "查清");
            default -> new LiftProviderFreeze(Cast.code("P1"), newDeadline, "查清");
        };
    }

    @DisplayName("GZ-32: while voucher, enterprise or provider is frozen, no step goes forward and recovery skips it")
    @ParameterizedTest
    @ValueSource(strings = {"voucher", "enterprise", "provider"})
    void frozen(String what) {
        city.orders("V1").using(FACE).wasAccepted();
        city.sends(freeze(what)).wasAccepted();
        city.sends(freeze(what)).wasRefusedBy(GZ_32).at(Check.STATE);
        city.sends(new ConfirmOrder(city.id("V1"))).wasRefusedBy(GZ_32).at(Check.FREEZE);
        city.at(ORDER_DEADLINE).sends(new RecoverVoucher(city.id("V1"))).wasRefusedBy(GZ_32);
        city.voucher("V1").isStill(ORDERED);
        // The bureau's own steps do go forward.
        city.sends(new RevokeForCause(city.id("V1"), "查实"))
                .wasAccepted()
                .voucher("V1")
                .is(REVOKED);
    }

    @DisplayName("GZ-32: lifted without a deadline, recovery follows: freezing has stopped no clock")
    @ParameterizedTest
    @ValueSource(strings = {"voucher", "enterprise", "provider"})
    void liftedWithoutDeadline(String what) {
        city.orders("V1").using(FACE).wasAccepted();
        city.sends(freeze(what)).wasAccepted();
        city.at("2020-06-10T09:00").sends(lift(what, null)).wasAccepted();
        city.sends(lift(what, null)).wasRefusedBy(GZ_32);
        city.uploadsContract("V1").wasRefusedBy(GZ_20);
        city.sends(new RecoverVoucher(city.id("V1"))).wasAccepted();
    }

    @DisplayName("GZ-32: lifted with a new deadline, the voucher goes on until then")
    @ParameterizedTest
    @ValueSource(strings = {"voucher", "enterprise", "provider"})
    void liftedWithDeadline(String what) {
        Instant anew = shanghai("2020-06-20T00:00");
        city.orders("V1").using(FACE).wasAccepted();
        city.sends(freeze(what)).wasAccepted();
        city.at("2020-06-10T09:00")
                .sends(lift(what, city.now()))
                .wasRefusedBy(GZ_32)
                .at(Check.DEADLINE);
        city.sends(lift(what, anew)).wasAccepted();
        city.sends(new RecoverVoucher(city.id("V1"))).wasRefusedBy(GZ_30).limit(anew);
        city.at(anew.minusMillis(1)).uploadsContract("V1").wasAccepted();
    }

    @Test
    @DisplayName("GZ-32: the new deadline is for the vouchers that the freeze had held, not for later ones")
    void laterVouchersHaveTheirOwn() {
        Instant anew = shanghai("2020-12-20T00:00");
        city.sends(freeze("enterprise")).wasAccepted();
        city.sends(lift("enterprise", anew)).wasAccepted();
        city.at("2020-05-21T09:00").grants(voucher("V4").worth(1).to("E3"));
        city.at(ORDER_DEADLINE).orders("V1").using(1).wasAccepted();
        city.orders("V3").using(1).wasRefusedBy(GZ_20);
    }

    @Test
    @DisplayName("GZ-32: a disqualified enterprise: its unpaid vouchers are revoked, the rest frozen")
    void disqualifiedEnterprise() {
        city.accepts("V1", FACE);
        city.orders("V2").using(FACE).wasAccepted();
        city.sends(new ApplyDisqualification(city.id("V2"))).wasRefusedBy(GZ_32);
        city.sends(new DisqualifyEnterprise(Cast.code("E1"), "骗补")).wasAccepted();
        city.sends(new DisqualifyEnterprise(Cast.code("E1"), "骗补")).wasRefusedBy(GZ_32);
        city.sends(new ApplyDisqualification(city.id("V1")))
                .wasAccepted()
                .voucher("V1")
                .is(ACCEPTED)
                .isFrozen(true);
        city.sends(new ApplyDisqualification(city.id("V2")))
                .wasAccepted()
                .voucher("V2")
                .is(REVOKED)
                .has(Account.BACK, FACE);
        city.sends(new ApplyDisqualification(city.id("V3"))).wasRefusedBy(GZ_32);
        city.sends(new ApplyDisqualification(city.id("V1"))).wasRefusedBy(GZ_32);
        assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(2 * FACE);
        assertThat(city.providerQuota("P1").reserved().isZero()).isTrue();
    }

    @Test
    @DisplayName(
            "GZ-32: a disqualified provider: its orders and unaccepted payments go back to Issued, accepted ones freeze")
    void disqualifiedProvider() {
        city.accepts("V1", FACE);
        city.contracts("V2", FACE).pays("V2", yuan(8_000)).wasAccepted();
        city.orders("V3").using(FACE).wasAccepted();
        city.at("2020-06-20T09:00")
                .sends(new DisqualifyProvider(Cast.code("P1"), "骗补"))
                .wasAccepted();
        for (String v : new String[] {"V1", "V2", "V3"}) {
            city.sends(new ApplyDisqualification(city.id(v))).wasAccepted();
        }
        city.voucher("V1").is(ACCEPTED).isFrozen(true);
        city.voucher("V2").is(ISSUED).has(Account.HELD, FACE).has(Account.PAID, 0);
        city.voucher("V3").is(ISSUED).has(Account.HELD, FACE);
        assertThat(city.providerQuota("P1").taken().value()).isEqualTo(FACE);
        assertThat(city.providerQuota("P1").reserved().isZero()).isTrue();
        city.orders("V2").from("P1").using(1).wasRefusedBy(GZ_32);
        // Thirty days anew, counted from the day after.
        city.at("2020-07-20T23:59:59.999").orders("V2").from("P2").using(1).wasAccepted();
        city.at("2020-07-21T00:00").orders("V3").from("P2").using(1);
        city.wasRefusedBy(GZ_20).limit(shanghai("2020-07-21T00:00"));
    }

    @Test
    @DisplayName("GZ-26: a voucher revoked for cause keeps its papers bound for good; a recovered one does not")
    void keysStayBound() {
        city.contracts("V1", FACE);
        String number = city.papers("V1").number();
        city.sends(new RevokeForCause(city.id("V1"), "违规")).wasAccepted();
        assertThat(city.recorded()).doesNotContain("KeyReleased");
        city.orders("V2").using(FACE).wasAccepted();
        city.proves("V2", city.papers("V2").numbered(number)).uploadsContract("V2");
        city.wasRefusedBy(GZ_26);
    }

    private void redeemed() {
        city.accepts("V1", FACE).at("2020-06-02T09:00").redeemsUpToNotice("C1", FACE, "V1");
        city.at("2020-06-10T00:00").settles("C1", "V1").wasAccepted();
    }

    @DisplayName("GZ-32: a clawback is at most what was redeemed, less what is ordered back already")
    @ParameterizedTest(name = "{0} ordered, then {1}: {2}")
    @CsvSource({"600000, 400000, accepted", "600000, 400001, refused", "1000000, 1, refused"})
    void clawback(long first, long second, String expected) {
        redeemed();
        city.sends(new OrderClawback(city.id("V1"), Debtor.PROVIDER, first, "违规"))
                .wasAccepted();
        city.sends(new OrderClawback(city.id("V1"), Debtor.ENTERPRISE, second, "违规"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_32).at(Check.AMOUNTS).limit(FACE).used(first).asked(second);
        }
        city.voucher("V1").isStill(REDEEMED).has(Account.REDEEMED, FACE);
    }

    @Test
    @DisplayName("GZ-32: repaid in parts, by the debtor that was named, waived by the bureau; never more than is due")
    void repaid() {
        redeemed();
        city.sends(new OrderClawback(city.id("V1"), Debtor.PROVIDER, 1_000, "违规"))
                .wasAccepted();
        city.sends(new RecordRepayment(city.id("V1"), Debtor.ENTERPRISE, 1, "bank"))
                .wasRefusedBy(GZ_32)
                .limit(0);
        city.sends(new RecordRepayment(city.id("V1"), Debtor.PROVIDER, 1_001, "bank"))
                .wasRefusedBy(GZ_32)
                .limit(1_000);
        city.sends(new RecordRepayment(city.id("V1"), Debtor.PROVIDER, 600, "bank"))
                .wasAccepted();
        city.sends(new WaiveClawback(city.id("V1"), Debtor.PROVIDER, 401, "免除"))
                .wasRefusedBy(GZ_32)
                .limit(400);
        city.sends(new WaiveClawback(city.id("V1"), Debtor.PROVIDER, 400, "免除")).wasAccepted();
        city.sends(new RecordRepayment(city.id("V1"), Debtor.PROVIDER, 1, "bank"))
                .wasRefusedBy(GZ_32);
    }

    @Test
    @DisplayName("GZ-32: not after redemption: what is redeemed is asked back, not revoked")
    void notAfterRedemption() {
        redeemed();
        city.sends(new RevokeForCause(city.id("V1"), "违规")).wasRefusedBy(GZ_32).at(Check.STATE);
        city.voucher("V1").isStill(REDEEMED);
    }
}
