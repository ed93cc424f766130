package org.voucherledger.domain.finding;

/** What a complaint or a spot check is about. */
public enum FindingSubject {
    VOUCHER,
    ENTERPRISE,
    PROVIDER
}
