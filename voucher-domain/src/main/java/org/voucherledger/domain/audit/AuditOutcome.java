package org.voucherledger.domain.audit;

/** How the auditor closed a finding. */
public enum AuditOutcome {
    /** 已整改. */
    REMEDIED,
    /** 未整改, and reported so. */
    NOT_REMEDIED,
    /** 撤回: the auditor does not uphold it; it needs no answer. */
    WITHDRAWN
}
