package org.voucherledger.domain.holderquota;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * The memo book of one holder's vouchers in one cycle, by category (CV-01). Each event is of one voucher; the holder is known
 * by an opaque reference only (ALL-05).
 */
public sealed interface HolderQuotaEvent extends DomainEvent {

    String schemeId();

    String batchId();

    String holderRef();

    String category();

    @Override
    default String streamId() {
        return "holderquota:" + batchId() + ":" + holderRef();
    }

    /** One voucher more; {@code mostPerHolder} is the number that it was judged by. */
    @Revision("1")
    record HolderQuotaCharged(
            String schemeId, String batchId, String holderRef, String category, String voucherId, int mostPerHolder)
            implements HolderQuotaEvent {}

    /** One voucher less: it ended unused, and the scheme frees the count of those. */
    @Revision("1")
    record HolderQuotaFreed(String schemeId, String batchId, String holderRef, String category, String voucherId)
            implements HolderQuotaEvent {}
}
