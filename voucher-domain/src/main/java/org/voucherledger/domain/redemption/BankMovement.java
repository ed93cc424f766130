package org.voucherledger.domain.redemption;

/** What the bank did with the money of a claim, of which it hands out a slip (GZ-43, GZ-44). */
public enum BankMovement {
    PAID,
    /** Sent back, so that it is to be paid again (GZ-33). */
    CAME_BACK
}
