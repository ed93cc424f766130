package org.voucherledger.domain.finding;

/** What came of a complaint or a spot check. */
public enum FindingOutcome {
    /** 属实. */
    CONFIRMED,
    /** 部分属实. */
    PARTLY_CONFIRMED,
    /** 不属实: nothing may rest on it. */
    UNFOUNDED
}
