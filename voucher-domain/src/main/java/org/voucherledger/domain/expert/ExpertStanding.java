package org.voucherledger.domain.expert;

/** How an expert stands in the register. */
public enum ExpertStanding {
    /** 在库. */
    REGISTERED,
    /** 暂停. */
    SUSPENDED,
    /** 出库: may be registered anew. */
    REMOVED
}
