package org.voucherledger.api.query;

/** Who may read what; said once. Everything else may be read by any authenticated role for now. */
public final class Readers {

    /** Whoever works for the scheme or audits it. */
    public static final String STAFF = "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR')";

    /** Whoever runs the ledger. */
    static final String OPERATIONS = "hasAnyRole('OPERATOR', 'SYSTEM')";

    private Readers() {}
}
