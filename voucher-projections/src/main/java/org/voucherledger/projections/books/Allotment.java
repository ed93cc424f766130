package org.voucherledger.projections.books;

/**
 * What the authority set aside, as its own event says it and apart from the postings: the other side of ALL-03's equations.
 *
 * @param batchId whose budget changes; empty where it is the scheme's fund
 * @param changeFen may be below zero
 */
record Allotment(String schemeId, String batchId, String city, long changeFen) {

    boolean isOfAFund() {
        return batchId.isEmpty();
    }
}
