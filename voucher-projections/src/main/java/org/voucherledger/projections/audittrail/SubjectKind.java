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

    /** Whether accounts act for it; then it is called as their role is. */
    public boolean isParty() {
        return this == ENTERPRISE || this == PROVIDER || this == HOLDER;
    }

    /** As it stands in {@code ?subject=voucher:B1-A1-V1}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
