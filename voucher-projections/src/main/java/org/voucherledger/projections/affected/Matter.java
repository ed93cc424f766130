package org.voucherledger.projections.affected;

/** What of somebody's a decision of the authority moves (ALL-06). */
public enum Matter {
    /** What a batch has available or lapsed. */
    BUDGET,
    /** What an application would be granted as the queue stands. */
    GRANT,
    /** Until when an application may be withdrawn. */
    WITHDRAW_UNTIL,
    /** Until when an application waits for money that comes back. */
    WAIT_UNTIL,
    /** Until when a voucher is ordered, contracted or its order cancelled. */
    ORDER_UNTIL,
    /** Until when a voucher is valid. */
    VALID_UNTIL,
    /** From when on a voucher may be claimed. */
    CLAIM_FROM,
    /** Until when a voucher may be claimed. */
    CLAIM_UNTIL,
    /** What a provider may take and reserve. */
    PROVIDER_CAP
}
