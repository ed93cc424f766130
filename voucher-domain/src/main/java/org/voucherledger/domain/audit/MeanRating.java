package org.voucherledger.domain.audit;

/**
 * How a provider's services were rated, from 1 to 5, over the payments that stand in the whole ledger (SV-02).
 *
 * @param ratings how many, at least one
 * @param sum of them
 */
public record MeanRating(long ratings, long sum) {

    /** The mean in hundredths, rounded half up once. */
    public long hundredths() {
        return (200 * sum + ratings) / (2 * ratings);
    }
}
