package org.voucherledger.projections.books;

/** The books of the ledger: one of money, four of memoranda. An amount never moves from one book to another. */
public enum Book {
    /** 资金: the fund, where it lies in each batch, and how far each voucher's money has come. */
    MONEY,
    /** 申领额度: what of an enterprise's annual cap is pending and charged (GZ-11). */
    ENTERPRISE_QUOTA,
    /** 收券额度: what of a provider's cap is reserved and taken (GZ-21). */
    PROVIDER_QUOTA,
    /** 追缴: what was ordered back after redemption, and what became of it (GZ-32). */
    CLAWBACK,
    /** 退款: what providers owe enterprises beyond the price (GZ-24). */
    REFUND
}
