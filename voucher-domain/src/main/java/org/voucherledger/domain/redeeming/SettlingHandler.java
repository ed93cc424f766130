package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.rule.Rule.GZ_43;

import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimEvent.ItemsSettled;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.usedonce.UsedOnceEvent.BankPaymentBound;
import org.voucherledger.domain.usedonce.UsedOnceEvent.BankPaymentReleased;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.SettlementBounced;

/** Settlement after notice, with a bank reference, and its reopening when the bank sends the money back (GZ-33, GZ-43). */
public final class SettlingHandler {

    private final Ledger ledger;

    public SettlingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What was lowered goes back to the batch and frees the provider's cap. The order binds whoever pays: it is judged by the
     * day on which the bank paid, and a payment that was made against it is recorded as just that (CL-03, GZ-43).
     */
    @CommandHandler
    public void handle(SettleItems settle, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, settle.claimId());
        Checks.inOrder(() -> dossier.hasItems(settle.voucherIds()));
        List<Item> items = dossier.items(settle.voucherIds());
        var order = new OrderOfPayment(ledger, dossier, settle, stamp);
        var payment = UsedKeys.bankPayment(settle.bankReference());
        Checks.inOrder(
                () -> dossier.arePublishedAndFree(items),
                () -> areApproved(items),
                () -> order.tierIsNext(items),
                () -> order.claimIsNext(items),
                () -> dossier.areNotFrozen(items),
                () -> NoticeHandler.noticeIsOver(items, stamp),
                () -> order.isNotEarly(items),
                () -> isPaid(order, settle, stamp),
                () -> PapersCheck.of(
                        "SETTLEMENT", settle.documents(), dossier.terms().papers()),
                () -> ledger.usedOnce(payment).now().mayPay(settle.claimId(), payment));
        bind(payment, settle.claimId());
        for (Item item : items) {
            var voucher = dossier.voucher(item);
            long backFen = item.claimedFen() - item.approvedFen();
            var to = voucher.back(stamp.receivedAt());
            voucher.releaseProvider(0, backFen);
            voucher.record(new ItemSettled(
                    item.voucherId(),
                    voucher.batchId(),
                    settle.claimId(),
                    item.approvedFen(),
                    backFen,
                    to,
                    settle.bankReference(),
                    order.paidOn()));
            voucher.moneyBack(backFen, to);
            order.recordIfEarly(item);
            order.recordWhomItPassed(item);
            voucher.turn().paid(item.approvedFen());
        }
        dossier.record(new ItemsSettled(
                settle.claimId(),
                items.stream().map(Item::voucherId).toList(),
                settle.bankReference(),
                order.paidOn(),
                settle.documents()));
    }

    @CommandHandler
    public void handle(BounceSettlement bounce, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, bounce.claimId());
        Checks.inOrder(() -> dossier.hasItems(List.of(bounce.voucherId())));
        Item item = dossier.claim().item(bounce.voucherId());
        var voucher = dossier.voucher(item);
        Checks.inOrder(
                () -> GZ_33.holds(
                        STATE,
                        "ItemNotSettled",
                        item.status() == ItemStatus.SETTLED,
                        "SETTLED",
                        item.status().name(),
                        item.voucherId()),
                () -> GZ_33.holds(
                        STATE,
                        "ClawbackOrdered",
                        voucher.voucher().clawback().orderedFen() == 0,
                        0L,
                        voucher.voucher().clawback().orderedFen(),
                        item.voucherId()),
                () -> PapersCheck.of(
                        "BOUNCE", bounce.documents(), dossier.terms().papers()));
        voucher.record(new SettlementBounced(
                bounce.voucherId(),
                voucher.batchId(),
                bounce.claimId(),
                voucher.voucher().balances().redeemedFen(),
                bounce.bankReference(),
                bounce.reason()));
        dossier.record(new ItemBounced(
                bounce.claimId(), bounce.voucherId(), bounce.bankReference(), bounce.reason(), bounce.documents()));
        voucher.turn().reopen(item.approvedFen(), stamp);
        release(item.settledUnder(), dossier);
    }

    private void bind(UsedOnceKey payment, String claimId) {
        var entry = ledger.usedOnce(payment);
        if (!entry.now().isBoundTo(claimId)) {
            entry.record(new BankPaymentBound(payment.key(), claimId));
        }
    }

    /** GZ-33: what was paid together may come back item by item; the last of them frees the reference. */
    private void release(String bankReference, ClaimDossier dossier) {
        var payment = UsedKeys.bankPayment(bankReference);
        if (!dossier.claim().pays(bankReference)) {
            ledger.usedOnce(payment)
                    .record(new BankPaymentReleased(
                            payment.key(), dossier.claim().submitted().claimId()));
        }
    }

    /** GZ-43: settled is what the bank has paid; a later day is only a promise. */
    private static Decision isPaid(OrderOfPayment order, SettleItems settle, Stamp stamp) {
        return GZ_43.holds(
                DOCUMENTS,
                "PaymentNotMade",
                !order.paidOn().isAfter(stamp.date()),
                stamp.date().toString(),
                order.paidOn().toString(),
                settle.bankReference());
    }

    private static Decision areApproved(List<Item> items) {
        return items.stream()
                .filter(item -> item.approvedFen() == 0)
                .findFirst()
                .map(item ->
                        GZ_43.holds(STATE, "ItemRejected", false, "an approved item", "rejected", item.voucherId()))
                .orElse(null);
    }
}
