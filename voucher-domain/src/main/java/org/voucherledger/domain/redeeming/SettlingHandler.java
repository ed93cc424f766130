package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.rule.Rule.GZ_43;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimEvent.ItemsSettled;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentMade;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentReopened;
import org.voucherledger.domain.redemption.SettlementState.Awaited;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.SettlementBounced;

/** Settlement after notice, with a bank reference, and its reopening when the bank sends the money back (GZ-33, GZ-43). */
public final class SettlingHandler {

    private final Ledger ledger;

    public SettlingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What was lowered goes back to the batch and frees the provider's cap. */
    @CommandHandler
    public void handle(SettleItems settle, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, settle.claimId());
        Checks.inOrder(() -> dossier.hasItems(settle.voucherIds()));
        List<Item> items = dossier.items(settle.voucherIds());
        Checks.inOrder(
                () -> dossier.arePublishedAndFree(items),
                () -> areApproved(items),
                () -> areNext(dossier, items, stamp),
                () -> dossier.areNotFrozen(items),
                () -> NoticeHandler.noticeIsOver(items, stamp));
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
                    settle.bankReference()));
            voucher.moneyBack(backFen, to);
            paid(voucher, item, settle.claimId());
        }
        dossier.record(new ItemsSettled(
                settle.claimId(), items.stream().map(Item::voucherId).toList(), settle.bankReference()));
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
                        item.voucherId()));
        voucher.record(new SettlementBounced(
                bounce.voucherId(),
                voucher.batchId(),
                bounce.claimId(),
                voucher.voucher().balances().redeemedFen(),
                bounce.bankReference(),
                bounce.reason()));
        if (voucher.isCloud()) {
            var place = voucher.voucher().cloud();
            ledger.settlement(voucher.batchId())
                    .record(new PaymentReopened(
                            voucher.batchId(),
                            bounce.claimId(),
                            item.voucherId(),
                            place.tier(),
                            place.claimNumber(),
                            item.noticeEndsAt(),
                            item.approvedFen()));
        }
        dossier.record(new ItemBounced(bounce.claimId(), bounce.voucherId(), bounce.bankReference(), bounce.reason()));
    }

    private void paid(VoucherDossier voucher, Item item, String claimId) {
        if (voucher.isCloud()) {
            var place = voucher.voucher().cloud();
            ledger.settlement(voucher.batchId())
                    .record(new PaymentMade(
                            voucher.batchId(),
                            claimId,
                            item.voucherId(),
                            place.tier(),
                            place.claimNumber(),
                            item.approvedFen()));
        }
    }

    /**
     * Cloud vouchers are paid in order: cluster pilots first (CL-03), then by claim (GZ-43). What cannot be paid now, because
     * its notice runs, an objection is open or something is frozen, keeps its turn and holds up nobody.
     */
    private Decision areNext(ClaimDossier dossier, List<Item> items, Stamp stamp) {
        if (dossier.terms().kind() != Kind.CLOUD) {
            return null;
        }
        var order = ledger.settlement(dossier.claim().submitted().batchId()).now();
        Set<String> own = items.stream().map(Item::voucherId).collect(Collectors.toSet());
        for (Item item : items) {
            var place = dossier.voucher(item).voucher().cloud();
            var earlier = order.before(place.tier(), place.claimNumber(), stamp.receivedAt())
                    .filter(each -> !own.contains(each.voucherId()))
                    .filter(this::canBePaid)
                    .findFirst();
            if (earlier.isPresent()) {
                String first = "first " + earlier.get().voucherId();
                return earlier.get().tier() < place.tier()
                        ? CL_03.holds(STATE, "EarlierTierUnpaid", false, first, "unpaid", item.voucherId())
                        : GZ_43.holds(STATE, "EarlierClaimUnpaid", false, first, "unpaid", item.voucherId());
            }
        }
        return null;
    }

    private boolean canBePaid(Awaited awaited) {
        Item item = ledger.claim(awaited.claimId()).now().item(awaited.voucherId());
        Decision frozen = VoucherDossier.of(ledger, awaited.voucherId()).isNotFrozen();
        return item.approvedFen() > 0 && item.objections().isEmpty() && (frozen == null || frozen.allowed());
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
