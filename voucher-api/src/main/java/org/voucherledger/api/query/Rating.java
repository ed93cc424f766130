package org.voucherledger.api.query;

import org.voucherledger.projections.performance.ProviderRating;

/**
 * How often and how well a provider was rated, from 1 to 5, over the payments that stand (SV-02).
 *
 * @param meanHundredths the mean in hundredths, rounded half up once; {@code null} where nobody has rated it
 */
record Rating(long ratings, long ratingSum, Long meanHundredths) {

    /** @param rating {@code null} where there is none */
    static Rating of(ProviderRating rating) {
        return rating == null
                ? new Rating(0, 0, null)
                : new Rating(rating.ratings(), rating.ratingSum(), rating.meanHundredths());
    }
}
