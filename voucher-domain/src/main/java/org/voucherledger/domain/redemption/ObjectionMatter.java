package org.voucherledger.domain.redemption;

/** What is objected to a published item (GZ-42); the words stand in a document, which can be erased (ALL-05). */
public enum ObjectionMatter {
    /** 金额过高. */
    AMOUNT_TOO_HIGH,
    /** 金额过低或不应核减. */
    AMOUNT_TOO_LOW,
    /** 服务未提供或与合同不符. */
    SERVICE_NOT_AS_AGREED,
    /** 虚假材料. */
    FALSE_PAPERS,
    /** 关联交易. */
    RELATED_PARTIES,
    /** 不符合条件. */
    NOT_ENTITLED,
    /** 其他. */
    OTHER
}
