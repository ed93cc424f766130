package org.voucherledger.domain.usedonce;

/** What may be used once only (GZ-26). */
public enum UsedOnceKind {
    /** kind + code (may be empty) + number. */
    INVOICE,
    /** the payer's bank + date + serial. */
    TRANSFER,
    /** both credit codes + contract number + item. */
    CONTRACT_ITEM,
    /** the bank's reference of a settlement; it serves one claim (GZ-43). */
    BANK_PAYMENT,
    /** the merchant + its reference of the purchase (CV-01). */
    PURCHASE
}
