package org.voucherledger.projections.performance;

import java.time.Instant;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.ContractConfirmed;
import org.voucherledger.domain.voucher.VoucherEvent.ContractSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.ItemClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.ItemReleased;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.SettlementBounced;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAccepted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherUsed;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * When a voucher took the steps that stand, and how its service was rated; a step that was undone is taken out again, and with
 * it those that followed.
 *
 * @param rating {@code null} while no payment stands (SV-02)
 */
record Facts(
        Traits traits,
        Instant appliedAt,
        Integer rating,
        Instant orderedAt,
        Instant contractedAt,
        Instant paidAt,
        Instant acceptedAt,
        Instant claimedAt,
        Instant redeemedAt) {

    static Facts issued(Traits traits, Instant appliedAt) {
        return new Facts(traits, appliedAt, null, null, null, null, null, null, null);
    }

    /** @param after the voucher as the domain folds it, this event included */
    Facts evolve(VoucherEvent event, Instant at, VoucherState after) {
        Facts next = switch (event) {
            case VoucherOrdered e -> new Facts(traits, appliedAt, null, at, null, null, null, null, null);
            case ContractConfirmed e -> steps(rating, at, paidAt, acceptedAt, claimedAt, redeemedAt);
            case ContractSentBack e -> steps(rating, null, paidAt, acceptedAt, claimedAt, redeemedAt);
            case VoucherPaid e -> steps(e.rating(), contractedAt, at, null, null, null);
            case VoucherAccepted e -> steps(rating, contractedAt, paidAt, at, null, null);
            case ItemClaimed e -> steps(rating, contractedAt, paidAt, acceptedAt, at, null);
            case ItemReleased e -> steps(rating, contractedAt, paidAt, acceptedAt, null, null);
            case ItemSettled e -> steps(rating, contractedAt, paidAt, acceptedAt, claimedAt, at);
            // A purchase is accepted at once (CV-01); a cloud voucher is claimed by a step of its own (CL-08).
            case VoucherUsed e -> steps(rating, contractedAt, paidAt, at, null, null);
            case VoucherClaimed e -> steps(rating, contractedAt, paidAt, acceptedAt, at, null);
            case VoucherClaimUndone e -> steps(rating, contractedAt, paidAt, acceptedAt, null, null);
            case SettlementBounced e -> steps(rating, contractedAt, paidAt, acceptedAt, claimedAt, null);
            default -> this;
        };
        return next.standing(after);
    }

    /** Whatever the event was: without an order there is no step after it, without a payment no rating; a purchase is both. */
    private Facts standing(VoucherState voucher) {
        if (voucher.purchase() != null || voucher.cloud() != null) {
            return this;
        }
        if (voucher.order() == null) {
            return issued(traits, appliedAt);
        }
        return voucher.payment() == null ? steps(null, contractedAt, null, null, null, null) : this;
    }

    private Facts steps(
            Integer rated, Instant contracted, Instant paid, Instant accepted, Instant claimed, Instant redeemed) {
        return new Facts(traits, appliedAt, rated, orderedAt, contracted, paid, accepted, claimed, redeemed);
    }
}
