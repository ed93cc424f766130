package org.voucherledger.domain.voucher;

/** Who owes a clawback (GZ-32). */
public enum Debtor {
    ENTERPRISE,
    PROVIDER
}
