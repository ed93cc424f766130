package org.voucherledger.api.query;

/**
 * Who may ask what; said once. What says nothing of this kind is public: schemes, batches, the catalogue, the providers with
 * their products and ratings, and the clock. Whom a party may ask about is decided by {@link
 * org.voucherledger.api.security.Reader}.
 */
public final class Readers {

    /** Whoever works for the scheme or audits it. */
    public static final String STAFF = "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR')";

    /** The parties of a voucher besides. */
    static final String CONCERNED =
            "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR', 'ENTERPRISE', 'PROVIDER', 'HOLDER')";

    /** Those who can claim besides. */
    public static final String CLAIMANTS =
            "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR', 'ENTERPRISE', 'PROVIDER')";

    static final String ENTERPRISES = "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR', 'ENTERPRISE')";
    static final String PROVIDERS = "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR', 'PROVIDER')";
    static final String HOLDERS = "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR', 'HOLDER')";

    /** Whoever may complain (SV-04), besides. */
    static final String COMPLAINANTS =
            "hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR', 'ENTERPRISE', 'PROVIDER', 'PUBLIC')";

    /** Whoever runs the ledger. */
    static final String OPERATIONS = "hasAnyRole('OPERATOR', 'SYSTEM')";

    /** Whoever may have a view made anew from the log, for which the program works for long. */
    static final String RECOMPUTERS = "hasAnyRole('AUDITOR', 'BUREAU', 'OPERATOR', 'SYSTEM')";

    private Readers() {}
}
