package org.voucherledger.domain.redemption;

/** Who has reviewed a claim so far (GZ-41). */
public enum ReviewStage {
    FIRST,
    EXPERT,
    FINAL
}
