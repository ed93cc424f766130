package org.voucherledger.domain.providerquota;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** The memo book of one provider's cap under one scheme and year: free, reserved, taken (GZ-21). Amounts in fen. */
public sealed interface ProviderQuotaEvent extends DomainEvent {

    String schemeId();

    String providerId();

    int year();

    @Override
    default String streamId() {
        return "providerquota:" + schemeId() + ":" + providerId() + ":" + year();
    }

    /**
     * The authority gave the provider a limit of its own, with the ground it stands on (CL-05, ALL-06).
     *
     * @param ratingPosition where its rating was looked at, {@code null} where the decision does not rest on it (SV-02)
     * @param ratings how many payments that stood there had rated it, {@code null} with the position
     * @param ratingHundredths their mean, {@code null} with the position
     */
    @Revision("1")
    record ProviderLimitAdjusted(
            String schemeId,
            String providerId,
            int year,
            long beforeFen,
            long limitFen,
            String noticeNumber,
            String reason,
            Long ratingPosition,
            Long ratings,
            Long ratingHundredths)
            implements ProviderQuotaEvent, AuthorityDecision {}

    /** free → reserved: an order expects to use this much. */
    @Revision("1")
    record ProviderQuotaReserved(String schemeId, String providerId, int year, String voucherId, long amountFen)
            implements ProviderQuotaEvent {}

    /** reserved X → taken V; the difference comes from or goes to free. */
    @Revision("1")
    record ProviderQuotaTaken(
            String schemeId, String providerId, int year, String voucherId, long reservedFen, long takenFen)
            implements ProviderQuotaEvent {}

    /** taken V → reserved V: a payment was sent back or undone. */
    @Revision("1")
    record ProviderQuotaReinstated(String schemeId, String providerId, int year, String voucherId, long amountFen)
            implements ProviderQuotaEvent {}

    /** reserved and taken → free. */
    @Revision("1")
    record ProviderQuotaReleased(
            String schemeId, String providerId, int year, String voucherId, long reservedFen, long takenFen)
            implements ProviderQuotaEvent {}
}
