package org.voucherledger.projections.performance;

/** What a report is broken down by, of an enterprise as it had declared itself at a moment (SV-03, SV-05). */
record Traits(String district, String size, String industry) {

    /** Of one who has declared nothing. */
    static final Traits UNKNOWN = new Traits("", "", "");
}
