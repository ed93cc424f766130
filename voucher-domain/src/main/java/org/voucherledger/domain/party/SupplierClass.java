package org.voucherledger.domain.party;

/** What a provider on the catalogue is, where its limit depends on it (CL-05). */
public enum SupplierClass {
    /** 跨行业跨领域平台. */
    CROSS_INDUSTRY_PLATFORM,
    /** 基础电信运营商. */
    TELECOM_OPERATOR,
    /** Everyone else. */
    OTHER
}
