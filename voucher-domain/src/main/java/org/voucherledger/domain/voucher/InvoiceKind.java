package org.voucherledger.domain.voucher;

/**
 * The kinds of invoice in use. They are part of what may serve one voucher only (GZ-26), so they are named here once: a kind
 * in free words would let the same invoice serve again under another spelling.
 */
public enum InvoiceKind {
    /** 增值税专用发票. */
    VAT_SPECIAL,
    /** 增值税普通发票. */
    VAT_ORDINARY,
    /** 增值税普通发票（卷票）. */
    VAT_ORDINARY_ROLL,
    /** 增值税电子专用发票. */
    VAT_ELECTRONIC_SPECIAL,
    /** 增值税电子普通发票. */
    VAT_ELECTRONIC_ORDINARY,
    /** 电子发票（增值税专用发票）, without a code. */
    DIGITAL_SPECIAL,
    /** 电子发票（普通发票）, without a code. */
    DIGITAL_ORDINARY,
    /** 通用机打发票 and the other kinds of the tax authority that are not of value-added tax. */
    GENERAL
}
