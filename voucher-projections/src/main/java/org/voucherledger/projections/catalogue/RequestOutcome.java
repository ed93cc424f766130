package org.voucherledger.projections.catalogue;

/** What was decided about a request to change the catalogue (CL-07). */
public enum RequestOutcome {
    APPROVED,
    DENIED
}
