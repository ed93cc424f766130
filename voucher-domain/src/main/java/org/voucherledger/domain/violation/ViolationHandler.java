package org.voucherledger.domain.violation;

import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_32;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.Deadlines;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.oversight.Ground;
import org.voucherledger.domain.redemption.ClaimEvent.ItemDropped;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFreezeLifted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReinstated;
import org.voucherledger.domain.voucher.VoucherStatus;

/** What a violation brings upon a voucher: freeze, revocation, and what its parties' disqualification entails (GZ-32). */
public final class ViolationHandler {

    private static final Set<VoucherStatus> UNPAID =
            EnumSet.range(VoucherStatus.ISSUED, VoucherStatus.CONTRACT_CONFIRMED);
    /** Any before Redeemed; EnumSet.range reads the life of a voucher in the order of {@link VoucherStatus}. */
    private static final Set<VoucherStatus> ALIVE = EnumSet.range(VoucherStatus.ISSUED, VoucherStatus.PUBLISHED);

    private static final Set<VoucherStatus> ORDERED_TO_PAID = EnumSet.range(VoucherStatus.ORDERED, VoucherStatus.PAID);

    private final Ledger ledger;

    public ViolationHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(FreezeVoucher freeze, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, freeze.voucherId());
        Checks.inOrder(
                () -> dossier.isIn(GZ_32, "freeze", ALIVE),
                () -> GZ_32.finds(
                        STATE, "AlreadyFrozen", !dossier.voucher().frozen(), "not frozen", "frozen", "freeze"),
                () -> ground(dossier, freeze.groundId()).stands());
        dossier.freeze(freeze.reason(), stamp);
        ground(dossier, freeze.groundId()).actedUpon("FreezeVoucher");
    }

    @CommandHandler
    public void handle(LiftVoucherFreeze lift, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, lift.voucherId());
        Checks.inOrder(
                () -> dossier.isIn(GZ_32, "lift the freeze", ALIVE),
                () -> GZ_32.finds(STATE, "NotFrozen", dossier.voucher().frozen(), "frozen", "not frozen", "lift"),
                () -> NewDeadline.isAhead(lift.newDeadline(), stamp));
        dossier.record(new VoucherFreezeLifted(lift.voucherId(), dossier.batchId(), lift.newDeadline(), lift.reason()));
        dossier.turn().tell(stamp);
    }

    @CommandHandler
    public void handle(RevokeForCause revoke, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, revoke.voucherId());
        Checks.inOrder(
                () -> dossier.isIn(GZ_32, "revoke", ALIVE),
                () -> ground(dossier, revoke.groundId()).stands());
        ground(dossier, revoke.groundId()).actedUpon("RevokeForCause");
        revoke(dossier, revoke.reason(), stamp);
    }

    /** Asked for only when the voucher is known to exist. */
    private Ground ground(VoucherDossier dossier, String findingId) {
        return Ground.againstVoucher(ledger, findingId, dossier.voucherId(), dossier.voucher());
    }

    /** What is left for the ledger to do, voucher by voucher, after the bureau has disqualified a party. */
    @CommandHandler
    public void handle(ApplyDisqualification apply, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, apply.voucherId());
        boolean enterprise = dossier.enterprise().standing().disqualified();
        boolean provider = dossier.provider().standing().disqualified();
        Checks.inOrder(
                () -> dossier.isIn(GZ_32, "apply the disqualification", ALIVE),
                () -> GZ_32.finds(
                        STATE, "NobodyDisqualified", enterprise || provider, "a party disqualified", "none", "apply"),
                () -> GZ_32.finds(
                        STATE,
                        "NothingToApply",
                        isOpen(dossier, enterprise),
                        "something to apply",
                        "applied",
                        "apply"));
        VoucherStatus status = dossier.voucher().status();
        if (enterprise && UNPAID.contains(status)) {
            revoke(dossier, "the enterprise is disqualified", stamp);
        } else if (!enterprise && dossier.isCloud() && status == VoucherStatus.ISSUED) {
            // Its contract is with this provider, so there is nothing to go back to; the enterprise, which did nothing
            // wrong, may apply anew within its cap.
            dossier.revokeAndFreeQuota(GZ_32, "the provider is disqualified", stamp);
        } else if (!enterprise && ORDERED_TO_PAID.contains(status)) {
            reinstate(dossier, stamp);
        } else {
            dossier.freeze(enterprise ? "the enterprise is disqualified" : "the provider is disqualified", stamp);
        }
    }

    private static boolean isOpen(VoucherDossier dossier, boolean enterprise) {
        VoucherStatus status = dossier.voucher().status();
        Set<VoucherStatus> changed = enterprise || dossier.isCloud() ? UNPAID : ORDERED_TO_PAID;
        return changed.contains(status) || !dossier.voucher().frozen();
    }

    private void revoke(VoucherDossier dossier, String reason, Stamp stamp) {
        var item = dossier.voucher().claim();
        dossier.revoke(GZ_32, true, reason, stamp);
        if (item != null) {
            ledger.claim(item.claimId()).record(new ItemDropped(item.claimId(), dossier.voucherId(), reason));
        }
    }

    /**
     * Back to Issued with the scheme's days anew, but never beyond the voucher's validity, which only the authority moves.
     * Where the scheme fixes the order deadline and so knows no days, the validity is all there is.
     */
    private void reinstate(VoucherDossier dossier, Stamp stamp) {
        var ordering = dossier.terms().ordering();
        Instant validUntil = dossier.batch().date(BatchDate.VALID_UNTIL);
        Instant anew = ordering.days() == null
                ? validUntil
                : Deadlines.orderDeadline(Shanghai.dateOf(stamp.receivedAt()), ordering);
        Instant named = dossier.voucher().extendedUntil();
        Instant bounded = anew.isBefore(validUntil) ? anew : validUntil;
        // A later deadline that the bureau has named already stands.
        Instant newDeadline = named != null && named.isAfter(bounded) ? named : bounded;
        var balances = dossier.voucher().balances();
        dossier.release(UsedKeys.of(dossier.voucher()));
        dossier.releaseProvider();
        dossier.record(new VoucherReinstated(
                dossier.voucherId(),
                dossier.batchId(),
                balances.orderedFen(),
                balances.paidFen(),
                newDeadline,
                "the provider is disqualified"));
    }
}
