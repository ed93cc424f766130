package org.voucherledger.domain.audit;

/**
 * The patterns in the log by which a stratum can ask: found again from the same log for ever, so that a frame stays what it is. None
 * is a violation.
 */
public enum AuditRisk {
    /** 发票连号: invoices of one seller in a run. */
    INVOICE_RUN,
    /** 价格异常: a price far from the product's history. */
    PRICE_FAR,
    /** 客户集中: a provider that lives from few enterprises; every item of it shows that. */
    FEW_ENTERPRISES,
    /** 反复退款: a payment sent back or undone again and again. */
    PAYMENT_UNDONE,
    /** 临期退券: one of an enterprise's returns shortly before recovery. */
    RETURNED_AT_THE_END
}
