package org.voucherledger.domain.finding;

/** What a complaint is about; its words stand in a document, which can be erased (ALL-05). */
public enum ComplaintMatter {
    /** 服务未提供或与合同不符. */
    SERVICE_NOT_AS_AGREED,
    /** 价格虚高. */
    PRICE,
    /** 虚假材料. */
    FALSE_PAPERS,
    /** 转让、赠送、质押服务券. */
    VOUCHER_PASSED_ON,
    /** 关联交易. */
    RELATED_PARTIES,
    /** 其他. */
    OTHER
}
