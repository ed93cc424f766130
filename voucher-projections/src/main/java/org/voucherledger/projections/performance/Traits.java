package org.voucherledger.projections.performance;

/**
 * What a report is broken down by, of an enterprise as it had declared itself at a moment (SV-03, SV-05).
 *
 * @param city of the batch, as in the books; empty where none is asked for yet
 */
record Traits(String city, String district, String size, String industry) {

    /** Of one who has declared nothing. */
    static final Traits UNKNOWN = new Traits("", "", "", "");

    /** The same enterprise in a batch of this city. */
    Traits in(String batchCity) {
        return new Traits(batchCity, district, size, industry);
    }
}
