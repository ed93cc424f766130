package org.voucherledger.projections.risk;

/** The patterns that are looked for. None of them is a violation, and nothing follows from one by itself. */
public enum RiskKind {
    /** Consecutive invoice numbers of one seller, dated the same day, for different buyers. */
    INVOICE_RUN,
    /** A contract far from what the same product cost others before it. */
    PRICE_FAR,
    /** A provider whose payments come from few enterprises. */
    FEW_ENTERPRISES,
    /** One voucher's payment sent back or undone again and again. */
    PAYMENT_UNDONE,
    /** An enterprise that returns vouchers shortly before they would be taken back, and so frees its cap. */
    RETURNED_AT_THE_END,
    /** Several parties with one bank account. */
    SAME_BANK_ACCOUNT,
    /** Several parties with one telephone. */
    SAME_PHONE;

    /**
     * Whether it rests on events alone, and is found again from the same log for ever. The others rest on personal data, which
     * may be erased (ALL-05).
     */
    public boolean isOfTheLog() {
        return this != SAME_BANK_ACCOUNT && this != SAME_PHONE;
    }
}
