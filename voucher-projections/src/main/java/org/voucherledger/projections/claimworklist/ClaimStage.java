package org.voucherledger.projections.claimworklist;

import org.voucherledger.domain.redemption.ClaimState;

/** How far a claim has come (GZ-40 to GZ-43). */
public enum ClaimStage {
    SUBMITTED,
    FIRST_REVIEWED,
    EXPERT_REVIEWED,
    FINALLY_REVIEWED,
    /** At least one item is still to be settled or to end, be it for the first time or after a bounced payment. */
    PUBLISHED,
    WITHDRAWN,
    /** No item is live any more: each was settled, rejected for good or revoked. */
    SETTLED;

    static ClaimStage of(ClaimState claim) {
        if (claim.withdrawn()) {
            return WITHDRAWN;
        }
        if (claim.live().isEmpty()) {
            return SETTLED;
        }
        if (claim.published()) {
            return PUBLISHED;
        }
        return switch (claim.reviewed()) {
            case null -> SUBMITTED;
            case FIRST -> FIRST_REVIEWED;
            case EXPERT -> EXPERT_REVIEWED;
            case FINAL, RECONCILIATION -> FINALLY_REVIEWED;
        };
    }
}
