package org.voucherledger.domain.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.rule.Rule.GZ_41;
import static org.voucherledger.domain.rule.Rule.GZ_42;
import static org.voucherledger.domain.rule.Rule.GZ_43;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.REDEMPTION_UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.RETAIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.OrderClawback;
import org.voucherledger.domain.voucher.VoucherCommand.RecordRepayment;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

/** The merchants' short-cycle claims and their reconciliation, which replaces reviews and notice (CV-01). */
class ReconcilingTest {

    private static final String V1 = "B1-T1";
    private static final String V2 = "B1-T2";
    private static final String V3 = "B1-T3";

    /** Three vouchers used at one merchant and claimed together. */
    private static City claimed() {
        City city = ConsumptionTerms.city();
        city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
        city.takes("h-2", "B1", CATERING, LARGE).wasAccepted();
        city.takes("h-2", "B1", RETAIL, SMALL).wasAccepted();
        city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
        city.uses(V2, "P1", "R-2", yuan(200)).wasAccepted();
        city.uses(V3, "P1", "R-3", yuan(100)).wasAccepted();
        return city.claims("C1", V1, V2, V3).wasAccepted();
    }

    private static ReconcileClaim mixed() {
        return new ReconcileClaim(
                "C1",
                List.of(
                        new ItemReview(V1, LARGE, ""),
                        new ItemReview(V2, LARGE - 1, "退款一分"),
                        new ItemReview(V3, 0, "交易不存在")));
    }

    @Test
    @DisplayName("CV-01: the operator approves, lowers and rejects item by item, and what is approved settles at once")
    void reconciles() {
        try (City city = claimed()) {
            city.sends(mixed()).wasAccepted();
            city.voucher(V1).is(PUBLISHED).has(Account.CLAIMED, LARGE);
            city.settles("C1", V1, V2).wasAccepted();

            city.voucher(V1).is(REDEEMED).has(Account.REDEEMED, LARGE);
            city.voucher(V2).is(REDEEMED).has(Account.REDEEMED, LARGE - 1).has(Account.BACK, 1);
            // The window is open: what was lowered may be taken again; the count stays, the voucher was used.
            assertThat(city.batch("B1").available().value()).isEqualTo(yuan(10_000) - 2 * LARGE - SMALL + 1);
            assertThat(city.taken("B1", "h-2", CATERING)).isEqualTo(1);
            assertThat(city.providerQuota("P1").taken().value()).isEqualTo(2 * LARGE - 1 + SMALL);
            city.settles("C1", V3);
            city.wasRefusedBy(GZ_43).about("ItemRejected");
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("CV-01: a rejected item may be claimed again while redemption is open")
    void rejectedComesBack() {
        try (City city = claimed()) {
            city.sends(mixed()).wasAccepted();
            city.endsNotice("C1", V3).wasAccepted();
            city.voucher(V3).is(ACCEPTED).has(Account.ACCEPTED, SMALL);
            city.claims("C2", V3).wasAccepted();
            city.reconciles("C2", SMALL).wasAccepted();
            city.settles("C2", V3).wasAccepted();
            city.voucher(V3).is(REDEEMED);
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("CV-01: a rejected item is revoked when redemption is shut")
    void rejectedTooLate() {
        try (City city = claimed()) {
            city.at(REDEMPTION_UNTIL).sends(mixed()).wasAccepted();
            city.endsNotice("C1", V3).wasAccepted();
            city.voucher(V3).is(REVOKED).has(Account.BACK, SMALL);
            assertThat(city.providerQuota("P1").taken().value()).isEqualTo(2 * LARGE);
            assertThat(city.taken("B1", "h-2", RETAIL)).isEqualTo(1);
            // A live claim runs to its end.
            city.settles("C1", V1).wasAccepted();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-40: claims are made from the opening of redemption on, not at its end")
    void window() {
        try (City city = new City(ConsumptionTerms.published()).at(FROM)) {
            city.sends(new OpenBatch(
                            "B1",
                            ConsumptionTerms.SCHEME,
                            "",
                            yuan(1_000),
                            FROM,
                            UNTIL,
                            VALID_UNTIL,
                            UNTIL,
                            REDEMPTION_UNTIL,
                            "notice"))
                    .wasAccepted();
            city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
            city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
            city.at(UNTIL.minusNanos(1_000)).claims("C1", V1);
            city.wasRefusedBy(GZ_40).about("RedemptionNotOpen").limit(UNTIL);
            city.at(REDEMPTION_UNTIL).claims("C1", V1);
            city.wasRefusedBy(GZ_40).about("RedemptionClosed").limit(REDEMPTION_UNTIL);
            city.at(UNTIL).claims("C1", V1).wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-41: reconciliation takes the place of every review, once, with reasons, within what is claimed")
    void onlyReconciliation() {
        try (City city = claimed()) {
            city.sends(new ReviewFirst("C1", city.everyItem("C1", SMALL)));
            city.wasRefusedBy(GZ_41).at(Check.STATE).about("NotTheNextReview");
            city.sends(new ReconcileClaim(
                    "C1",
                    List.of(
                            new ItemReview(V1, LARGE, ""),
                            new ItemReview(V2, LARGE, ""),
                            new ItemReview(V3, SMALL + 1, ""))));
            city.wasRefusedBy(GZ_41)
                    .at(Check.AMOUNTS)
                    .about("MoreThanClaimed")
                    .limit(SMALL)
                    .asked(SMALL + 1);
            city.sends(new ReconcileClaim(
                    "C1",
                    List.of(
                            new ItemReview(V1, LARGE - 1, ""),
                            new ItemReview(V2, LARGE, ""),
                            new ItemReview(V3, SMALL, ""))));
            city.wasRefusedBy(GZ_41).at(Check.DOCUMENTS).about("ReasonMissing");
            city.voucher(V1).isStill(CLAIMED);
            city.sends(mixed()).wasAccepted();
            city.sends(mixed());
            city.wasRefusedBy(GZ_41).about("SameReviewer");
        }
    }

    @Test
    @DisplayName("CV-01, GZ-42: nothing is published and nobody objects")
    void noNotice() {
        try (City city = claimed()) {
            city.sends(mixed()).wasAccepted();
            city.sends(new PublishClaim("C1"));
            city.wasRefusedBy(GZ_42).about("NotReadyToPublish");
            city.sends(new ObjectToItem("C1", V3, "O1", ObjectionMatter.OTHER, List.of()));
            city.wasRefusedBy(GZ_42).about("NoticeOver");
        }
    }

    @Test
    @DisplayName("GZ-32: a frozen item stops its claim; revoked, it is dropped and the rest goes on")
    void frozenItem() {
        try (City city = claimed()) {
            city.sends(new FreezeVoucher(V3, "核查")).wasAccepted();
            city.sends(mixed());
            city.wasRefusedBy(GZ_32).about("VoucherFrozen");
            city.sends(new RevokeForCause(V3, "虚假交易")).wasAccepted();
            city.sends(new ReconcileClaim("C1", List.of(new ItemReview(V1, LARGE, ""), new ItemReview(V2, LARGE, ""))))
                    .wasAccepted();
            city.settles("C1", V1, V2).wasAccepted();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-32, GZ-33: a settlement bounces; money is clawed back from the merchant, never from the person")
    void afterSettlement() {
        try (City city = claimed()) {
            city.sends(mixed()).wasAccepted();
            city.settles("C1", V1).wasAccepted();
            city.sends(new BounceSettlement("C1", V1, "bank-2", "账号有误")).wasAccepted();
            city.settles("C1", V1).wasAccepted();
            city.sends(new OrderClawback(V1, Debtor.ENTERPRISE, LARGE, "套现"));
            city.wasRefusedBy(GZ_32).at(Check.PARTY).about("DebtorIsNoParty");
            city.sends(new OrderClawback(V1, Debtor.PROVIDER, LARGE, "套现")).wasAccepted();
            city.sends(new RecordRepayment(V1, Debtor.PROVIDER, LARGE, "bank-3"))
                    .wasAccepted();
            city.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-40: a merchant claims its own purchases only")
    void ownPurchases() {
        try (City city = ConsumptionTerms.city()) {
            city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
            city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
            city.uses(V1, "P1", "R-1", yuan(200)).wasAccepted();
            city.uses(V2, "P2", "R-2", yuan(200)).wasAccepted();
            city.claims("C1", V1, V2);
            city.wasRefusedBy(GZ_40).about("NotOfThisProviderAndBatch");
            assertThat(city.state(V2).providerId()).isEqualTo(Cast.code("P2"));
        }
    }
}
