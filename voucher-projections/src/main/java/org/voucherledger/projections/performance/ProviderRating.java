package org.voucherledger.projections.performance;

import org.voucherledger.domain.party.ServiceType;

/**
 * How a provider's services were rated, from 1 to 5, over the payments that stand (SV-02).
 *
 * @param serviceType {@code null} for all of them together
 * @param ratingSum the sum of all ratings, for whoever reckons on
 * @param meanHundredths the mean in hundredths, rounded half up once
 */
public record ProviderRating(
        String providerId, ServiceType serviceType, long ratings, long ratingSum, long meanHundredths) {}
