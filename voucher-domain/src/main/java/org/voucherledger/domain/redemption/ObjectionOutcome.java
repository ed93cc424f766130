package org.voucherledger.domain.redemption;

/** How the bureau answers an objection (GZ-42). */
public enum ObjectionOutcome {
    /** The item goes on as published. */
    DISMISSED,
    LOWERED,
    REJECTED,
    REVOKED,
    /** For the claimant: more is approved, and published anew. */
    RAISED
}
