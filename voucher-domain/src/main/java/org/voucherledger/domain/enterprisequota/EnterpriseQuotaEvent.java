package org.voucherledger.domain.enterprisequota;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** The memo book of one enterprise's annual cap under one scheme: free, pending, charged (GZ-11). Amounts in fen. */
public sealed interface EnterpriseQuotaEvent extends DomainEvent {

    String schemeId();

    String enterpriseId();

    int year();

    @Override
    default String streamId() {
        return "enterprisequota:" + schemeId() + ":" + enterpriseId() + ":" + year();
    }

    /** free → pending; {@code capFen} is the cap it was judged by, {@code null} for none. */
    @Revision("1")
    record QuotaPended(
            String schemeId,
            String enterpriseId,
            int year,
            String batchId,
            String applicationId,
            long amountFen,
            Long capFen)
            implements EnterpriseQuotaEvent {}

    /** pending → free: withdrawn, not granted, skipped, or the waiting list is over. */
    @Revision("1")
    record PendingReleased(
            String schemeId, String enterpriseId, int year, String batchId, String applicationId, long amountFen)
            implements EnterpriseQuotaEvent {}

    /** pending → charged for what was granted; what was asked beyond it is free again. */
    @Revision("1")
    record QuotaCharged(
            String schemeId,
            String enterpriseId,
            int year,
            String batchId,
            String applicationId,
            long chargedFen,
            long releasedFen)
            implements EnterpriseQuotaEvent {}

    /** charged → free: a voucher was returned (GZ-31). */
    @Revision("1")
    record QuotaFreed(String schemeId, String enterpriseId, int year, String voucherId, long amountFen)
            implements EnterpriseQuotaEvent {}
}
