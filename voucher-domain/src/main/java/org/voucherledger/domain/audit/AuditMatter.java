package org.voucherledger.domain.audit;

/** What a finding about a drawn voucher is about. */
public enum AuditMatter {
    /** 资料不全或不符. */
    PAPERS,
    /** 服务未提供或与合同不符. */
    SERVICE_NOT_AS_AGREED,
    /** 价格虚高. */
    PRICE,
    /** 关联交易. */
    RELATED_PARTIES,
    /** 审核程序不当. */
    PROCEDURE,
    /** 其他. */
    OTHER
}
