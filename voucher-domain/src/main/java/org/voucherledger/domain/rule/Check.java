package org.voucherledger.domain.rule;

/** The stages in which a command is checked, in the order of ALL-02; the first failure refuses. */
public enum Check {
    ACTOR,
    IDEMPOTENCY,
    STATE,
    FREEZE,
    DEADLINE,
    PARTY,
    PRODUCT,
    DOCUMENTS,
    AMOUNTS,
    CAPS,
    USED_ONCE
}
