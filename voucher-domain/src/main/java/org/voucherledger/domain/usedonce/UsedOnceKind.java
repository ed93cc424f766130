package org.voucherledger.domain.usedonce;

/** What may be used once only (GZ-26). */
public enum UsedOnceKind {
    /** kind + code (may be empty) + number. */
    INVOICE,
    /** the payer's bank + date + serial. */
    TRANSFER,
    /** both credit codes + contract number + item. */
    CONTRACT_ITEM,
    /** the merchant + its reference of the purchase (CV-01). */
    PURCHASE
}
