package org.voucherledger.domain.finding;

/** How a finding came to be. */
public enum FindingKind {
    /** 投诉举报. */
    COMPLAINT,
    /** 抽查. */
    SPOT_CHECK
}
