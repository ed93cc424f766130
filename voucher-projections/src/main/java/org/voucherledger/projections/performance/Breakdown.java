package org.voucherledger.projections.performance;

import org.voucherledger.domain.rule.Carries;
import org.voucherledger.domain.rule.Rule;

/** By what a report is broken down (SV-03, SV-05). */
@Carries(Rule.SV_03)
public enum Breakdown {
    CITY("city", true),
    /** As {@code city/district}, as in the books: districts of several cities may have the same name. */
    DISTRICT("city || '/' || district", true),
    SIZE("size", true),
    INDUSTRY("industry", true),
    /** Only vouchers have one, from their order on. */
    SERVICE_TYPE("service_type", false),
    /** Only vouchers have one, from their order on. */
    PROVIDER("provider_id", false);

    private final String column;
    private final boolean ofApplications;

    Breakdown(String column, boolean ofApplications) {
        this.column = column;
        this.ofApplications = ofApplications;
    }

    String column() {
        return column;
    }

    /** Whether an application has it too, or only a voucher. */
    public boolean isOfApplications() {
        return ofApplications;
    }
}
