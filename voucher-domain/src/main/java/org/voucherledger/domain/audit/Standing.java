package org.voucherledger.domain.audit;

import java.util.Set;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * What an auditor's frame knows of one voucher at a position of the log. Amounts in fen.
 *
 * <p>Invariant: the face amount is what is unused, used, claimed, redeemed and gone back.
 *
 * @param enterpriseId empty of a voucher that a person holds
 * @param providerId with whom it is ordered or was used; empty while it is with none
 * @param granted it has been granted or taken, and not just applied for
 * @param unusedFen held or ordered
 * @param usedFen paid or accepted and in no claim
 * @param claimedFen in a claim that is not settled
 * @param rating of the payment that stands, {@code null} while none does (SV-02)
 */
public record Standing(
        String voucherId,
        String schemeId,
        String batchId,
        String enterpriseId,
        String providerId,
        VoucherStatus status,
        boolean granted,
        long faceFen,
        long unusedFen,
        long usedFen,
        long claimedFen,
        long redeemedFen,
        long backFen,
        Integer rating) {

    private static final Set<VoucherStatus> NOT_GRANTED =
            Set.of(VoucherStatus.RESERVED, VoucherStatus.WITHDRAWN, VoucherStatus.NOT_ADMITTED);

    /**
     * The voucher after one more event.
     *
     * @param before {@code null} where this is its first
     * @param after as the domain folds it, this event included
     */
    public static Standing after(Standing before, VoucherEvent event, VoucherState after) {
        var issue = after.issue();
        var money = after.balances();
        return new Standing(
                issue.voucherId(),
                issue.schemeId(),
                issue.batchId(),
                issue.enterpriseId(),
                after.providerId(),
                after.status(),
                !NOT_GRANTED.contains(after.status()),
                issue.faceFen(),
                money.heldFen() + money.orderedFen(),
                money.paidFen() + money.acceptedFen(),
                money.claimedFen(),
                money.redeemedFen(),
                money.backFen(),
                rating(before, event, after));
    }

    private static Integer rating(Standing before, VoucherEvent event, VoucherState after) {
        if (after.payment() == null) {
            return null;
        }
        if (event instanceof VoucherPaid paid) {
            return paid.rating();
        }
        return before == null ? null : before.rating();
    }
}
