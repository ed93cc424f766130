package org.voucherledger.domain.voucher;

/** Where a voucher stands in its life; the names are those of the rulebook's transition table. */
public enum VoucherStatus {
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
    REVOKED
}
