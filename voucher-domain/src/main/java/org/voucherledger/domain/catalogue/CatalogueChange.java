package org.voucherledger.domain.catalogue;

/** What of a listed product a provider may ask to be changed (CL-07). */
public enum CatalogueChange {
    /** 名称变更. */
    NAME,
    /** 代理商调整. */
    AGENT,
    /** 平台合作伙伴变更. */
    PARTNER,
    /** 产品下架. */
    DELISTING
}
