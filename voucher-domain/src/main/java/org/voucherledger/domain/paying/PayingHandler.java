package org.voucherledger.domain.paying;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_24;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_28;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REJECTED;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.ordering.ProviderFitness;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReinstated;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.CorrectPaymentDocuments;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ProveRefund;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.RefundProved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAccepted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;

/** Paying with a voucher, and the provider's answer: accepted or sent back (GZ-24, GZ-28). */
public final class PayingHandler {

    private final Ledger ledger;

    public PayingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The voucher, the provider's quota and each invoice's and transfer's key change together or not at all. */
    @CommandHandler
    public void handle(PayVoucher pay, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, pay.voucherId());
        var settlement = new Settlement(
                dossier.voucher().contract(),
                pay.amountFen(),
                pay.completedOn(),
                pay.invoices(),
                pay.transfers(),
                pay.documents());
        Fen paid = Fen.of(pay.amountFen());
        Fen reserved = Fen.of(dossier.voucher().reservedFen());

        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> dossier.isServiceIn(GZ_24, "pay", Set.of(CONTRACT_CONFIRMED)),
                dossier::isNotFrozen,
                () -> GZ_24.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()),
                () -> ProviderFitness.isRecognised(dossier.provider(), dossier.providerId(), stamp.date()),
                () -> GZ_27.finds(
                        DOCUMENTS,
                        "NotDeclared",
                        pay.declaredNotFundedOtherwise(),
                        "declared not funded otherwise",
                        "not declared",
                        "pay"),
                () -> settlement.papers(dossier, stamp),
                () -> GZ_24.atMost(
                        AMOUNTS,
                        "AboveFaceAmount",
                        Fen.of(dossier.voucher().balances().orderedFen()),
                        paid),
                () -> settlement.amounts(
                        dossier.voucher().issue().shareBasisPoints(),
                        dossier.terms().paying()),
                () -> dossier.providerQuota(dossier.providerId())
                        .now()
                        .mayTake(paid, reserved, dossier.providerCap(dossier.providerId())),
                () -> settlement.usedOnce(dossier));

        dossier.bind(settlement.keys());
        dossier.providerQuota(dossier.providerId())
                .record(new ProviderQuotaTaken(
                        dossier.terms().schemeId(),
                        dossier.providerId(),
                        dossier.terms().year(),
                        pay.voucherId(),
                        reserved.value(),
                        paid.value()));
        dossier.record(new VoucherPaid(
                pay.voucherId(),
                dossier.batchId(),
                pay.amountFen(),
                dossier.voucher().balances().orderedFen() - pay.amountFen(),
                settlement.owedFen(),
                pay.completedOn(),
                pay.rating(),
                pay.invoices(),
                pay.transfers(),
                pay.documents()));
    }

    /** GZ-33: once a payment can no longer be sent back its papers may be corrected, the amount unchanged. */
    @CommandHandler
    public void handle(CorrectPaymentDocuments correct, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, correct.voucherId());
        var settlement = new Settlement(
                dossier.voucher().contract(),
                dossier.voucher().paid().value(),
                correct.completedOn(),
                correct.invoices(),
                correct.transfers(),
                correct.documents());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> dossier.isServiceIn(GZ_33, "correct the documents", Set.of(PAID)),
                dossier::isNotFrozen,
                () -> GZ_33.notBefore(
                        DEADLINE, "StillSentBack", dossier.deadlines().validUntil(), stamp.receivedAt()),
                () -> GZ_33.before(
                        DEADLINE, "RedemptionClosed", dossier.deadlines().redemptionUntil(), stamp.receivedAt()),
                () -> settlement.papers(dossier, stamp),
                () -> settlement.amounts(
                        dossier.voucher().issue().shareBasisPoints(),
                        dossier.terms().paying()),
                () -> settlement.usedOnce(dossier));

        var dropped = UsedKeys.ofPayment(dossier.voucher()).stream()
                .filter(key -> !settlement.keys().contains(key))
                .toList();
        dossier.release(dropped);
        dossier.bind(settlement.keys());
        dossier.record(new PaymentDocumentsCorrected(
                correct.voucherId(),
                dossier.batchId(),
                settlement.owedFen(),
                correct.completedOn(),
                correct.invoices(),
                correct.transfers(),
                correct.documents(),
                correct.reason()));
    }

    /** GZ-25: an acceptance after the voucher has expired lets the remainder lapse with it. */
    @CommandHandler
    public void handle(AcceptVoucher accept, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, accept.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_28, "accept", Set.of(PAID)),
                dossier::isNotFrozen,
                () -> GZ_33.before(
                        DEADLINE, "RedemptionClosed", dossier.deadlines().redemptionUntil(), stamp.receivedAt()));
        dossier.record(new VoucherAccepted(
                accept.voucherId(), dossier.batchId(), dossier.voucher().paid().value()));
        if (!stamp.receivedAt().isBefore(dossier.deadlines().validUntil())) {
            dossier.lapseRemainder(stamp.receivedAt());
        }
    }

    @CommandHandler
    public void handle(SendPaymentBack back, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, back.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_28, "send the payment back", Set.of(PAID)),
                dossier::isNotFrozen,
                () -> GZ_33.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()));
        long paidFen = dossier.voucher().paid().value();
        reinstate(dossier, paidFen);
        dossier.record(new PaymentSentBack(
                back.voucherId(),
                dossier.batchId(),
                paidFen,
                dossier.voucher().balances().heldFen(),
                back.reason()));
    }

    /** GZ-24: what the provider owes the enterprise is closed by proof. */
    @CommandHandler
    public void handle(ProveRefund prove, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, prove.voucherId());
        var payment = dossier.voucher().payment();
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(
                        GZ_24, "prove a refund", Set.of(ACCEPTED, CLAIMED, APPROVED, REJECTED, PUBLISHED, REDEEMED)),
                () -> GZ_24.finds(
                        STATE,
                        "NothingOwed",
                        payment != null && payment.owedFen() > 0,
                        "a refund owed",
                        "none",
                        "prove"),
                () -> GZ_24.atMost(AMOUNTS, "MoreThanOwed", Fen.of(payment.owedFen()), Fen.of(prove.amountFen())));
        dossier.record(new RefundProved(prove.voucherId(), dossier.batchId(), prove.amountFen(), prove.proof()));
    }

    /** A payment that is taken back frees its papers and turns what was taken into what is reserved (GZ-21, GZ-26). */
    static void reinstate(VoucherDossier dossier, long paidFen) {
        dossier.release(UsedKeys.ofPayment(dossier.voucher()));
        dossier.providerQuota(dossier.providerId())
                .record(new ProviderQuotaReinstated(
                        dossier.terms().schemeId(),
                        dossier.providerId(),
                        dossier.terms().year(),
                        dossier.voucherId(),
                        paidFen));
    }
}
