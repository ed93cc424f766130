package org.voucherledger.domain.batch;

/** The dates of a batch that the authority may move (ALL-06). */
public enum BatchDate {
    APPLY_UNTIL,
    ORDER_DEADLINE,
    VALID_UNTIL,
    REDEMPTION_FROM,
    REDEMPTION_UNTIL,
    BACKFILL_UNTIL
}
