package org.voucherledger.domain.redemption;

/** Who reviews a claim (GZ-41); a scheme names them in their order. */
public enum ReviewStage {
    FIRST,
    EXPERT,
    FINAL,
    /** The platform's figures against the merchants' takings; takes the place of every other review (CV-01). */
    RECONCILIATION
}
