package org.voucherledger.domain.consuming;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CV_01;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.ordering.ProviderFitness;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherCommand.UseVoucher;
import org.voucherledger.domain.voucher.VoucherEvent.PurchaseUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherUsed;

/** Using a taken voucher at a listed merchant, and taking the purchase back (CV-01). */
public final class UsingHandler {

    private final Ledger ledger;

    public UsingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The whole face is accepted at once: no change is given, and the merchant's claim is all that is left to come. */
    @CommandHandler
    public void handle(UseVoucher use, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, use.voucherId());
        var issue = dossier.voucher().issue();
        var merchant = ledger.provider(use.providerId()).now();
        var quota = dossier.providerQuota(use.providerId());
        List<UsedOnceKey> keys = List.of(UsedKeys.purchase(use.providerId(), use.purchaseReference()));

        Checks.inOrder(
                () -> stamp.actsFor(dossier.holderRef()),
                () -> dossier.isConsumptionIn(CV_01, "use", Set.of(ISSUED)),
                dossier::isNotFrozen,
                () -> VoucherDossier.isGood(merchant.standing(), use.providerId()),
                () -> CV_01.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()),
                // A merchant is not given what it could no longer claim.
                () -> GZ_40.before(
                        DEADLINE, "RedemptionClosed", dossier.deadlines().redemptionUntil(), stamp.receivedAt()),
                () -> ProviderFitness.isRecognised(merchant, use.providerId(), stamp.date()),
                () -> ProviderFitness.mayTakeVouchersOf(
                        merchant, dossier.batch().opened().city(), dossier.terms()),
                () -> isListedFor(merchant, issue.category(), use.providerId()),
                () -> CV_01.holds(
                        AMOUNTS,
                        "BelowThreshold",
                        use.purchaseFen() >= issue.thresholdFen(),
                        issue.thresholdFen(),
                        0L,
                        use.purchaseFen()),
                () -> quota.now().mayReserve(Fen.of(issue.faceFen()), dossier.providerCap(use.providerId())),
                () -> dossier.mayUse(keys));

        dossier.record(new VoucherUsed(
                use.voucherId(),
                dossier.batchId(),
                use.providerId(),
                use.purchaseReference(),
                use.purchaseFen(),
                issue.faceFen()));
        quota.record(new ProviderQuotaTaken(
                dossier.terms().schemeId(),
                use.providerId(),
                dossier.terms().year(),
                use.voucherId(),
                0,
                issue.faceFen()));
        dossier.bind(keys);
    }

    /** Whatever the time: a voucher that has expired meanwhile goes back with the rest of its cycle. */
    @CommandHandler
    public void handle(UndoPurchase undo, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, undo.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isConsumptionIn(CV_01, "undo the purchase", Set.of(ACCEPTED)),
                () -> CV_01.finds(
                        STATE,
                        "ClaimedBefore",
                        !dossier.voucher().everClaimed(),
                        "never claimed",
                        "claimed before",
                        "undo the purchase"),
                dossier::isNotFrozen);
        dossier.release(UsedKeys.ofPurchase(dossier.voucher()));
        dossier.releaseProvider();
        dossier.record(new PurchaseUndone(
                undo.voucherId(),
                dossier.batchId(),
                dossier.voucher().balances().acceptedFen(),
                undo.reason()));
    }

    /** CV-01: the recognition list has the merchant under the voucher's category. */
    private static Decision isListedFor(ProviderState merchant, String category, String providerId) {
        var listed = merchant.recognition().merchantCategories();
        return CV_01.holds(
                PARTY,
                "MerchantNotOfCategory",
                listed.contains(category),
                category,
                new TreeSet<>(listed).toString(),
                providerId);
    }
}
