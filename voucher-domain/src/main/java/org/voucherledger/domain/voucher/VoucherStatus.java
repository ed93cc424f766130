package org.voucherledger.domain.voucher;

/** Where a voucher stands in its life; the names are those of the rulebook's transition table. */
public enum VoucherStatus {
    /** Applied for with its contract, and not vetted yet (CL-03). */
    RESERVED,
    ISSUED,
    ORDERED,
    ORDER_CONFIRMED,
    CONTRACT_UPLOADED,
    CONTRACT_CONFIRMED,
    PAID,
    ACCEPTED,
    CLAIMED,
    APPROVED,
    REJECTED,
    PUBLISHED,
    REDEEMED,
    RETURNED,
    REVOKED,
    /** The application was taken back before it was vetted (CL-03). */
    WITHDRAWN,
    /** Vetted and rejected (CL-03). */
    NOT_ADMITTED
}
