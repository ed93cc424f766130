package org.voucherledger.projections.audittrail;

import java.util.Locale;

/** The things of the world that an event can concern. */
public enum SubjectKind {
    VOUCHER,
    BATCH,
    ENTERPRISE,
    /** A person, by its opaque reference (ALL-05). */
    HOLDER,
    PROVIDER,
    CLAIM,
    SCHEME,
    FINDING;

    /** As it stands in {@code ?subject=voucher:B1-A1-V1}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
