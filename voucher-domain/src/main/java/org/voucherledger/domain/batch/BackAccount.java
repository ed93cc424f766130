package org.voucherledger.domain.batch;

/** Where money that leaves a voucher unused goes: to be granted again while backfill is open, else it lapses. */
public enum BackAccount {
    AVAILABLE,
    LAPSED
}
