package org.voucherledger.domain.audit;

/** How far the follow-up of a finding has come. */
public enum AuditFindingStatus {
    RECORDED,
    ANSWERED,
    CLOSED
}
