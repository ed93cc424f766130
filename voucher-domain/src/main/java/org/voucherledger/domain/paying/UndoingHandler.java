package org.voucherledger.domain.paying;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_29;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.voucher.VoucherCommand.DenyPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPayment;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndoDenied;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndoRequested;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Undoing a payment: the provider asks, the operator decides, never once the voucher was claimed (GZ-29). */
public final class UndoingHandler {

    private final Ledger ledger;

    public UndoingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(RequestPaymentUndo request, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, request.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_29, "ask to undo the payment", Set.of(PAID, ACCEPTED)),
                () -> wasNeverClaimed(dossier),
                dossier::isNotFrozen,
                () -> isStillValid(dossier, stamp));
        dossier.record(new PaymentUndoRequested(request.voucherId(), dossier.batchId(), request.reason()));
    }

    @CommandHandler
    public void handle(UndoPayment undo, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, undo.voucherId());
        Checks.inOrder(
                () -> dossier.isServiceIn(GZ_29, "undo the payment", Set.of(PAID, ACCEPTED)),
                () -> wasNeverClaimed(dossier),
                () -> wasRequested(dossier),
                dossier::isNotFrozen,
                () -> isStillValid(dossier, stamp));
        boolean wasAccepted = dossier.voucher().status() == VoucherStatus.ACCEPTED;
        long paidFen = dossier.voucher().paid().value();
        PayingHandler.reinstate(dossier, paidFen);
        dossier.record(new PaymentUndone(
                undo.voucherId(),
                dossier.batchId(),
                wasAccepted,
                paidFen,
                dossier.voucher().balances().heldFen(),
                undo.reason()));
    }

    @CommandHandler
    public void handle(DenyPaymentUndo deny, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, deny.voucherId());
        Checks.inOrder(
                () -> dossier.isServiceIn(GZ_29, "deny undoing the payment", Set.of(PAID, ACCEPTED)),
                () -> wasRequested(dossier),
                dossier::isNotFrozen);
        dossier.record(new PaymentUndoDenied(deny.voucherId(), dossier.batchId(), deny.reason()));
    }

    private static Decision wasNeverClaimed(VoucherDossier dossier) {
        return GZ_29.finds(
                STATE, "ClaimedBefore", !dossier.voucher().everClaimed(), "never claimed", "claimed before", "undo");
    }

    private static Decision wasRequested(VoucherDossier dossier) {
        return GZ_29.finds(
                STATE,
                "UndoNotRequested",
                dossier.voucher().undoRequested(),
                "asked for by the provider",
                "not asked",
                "undo");
    }

    private static Decision isStillValid(VoucherDossier dossier, Stamp stamp) {
        return GZ_29.before(DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt());
    }
}
