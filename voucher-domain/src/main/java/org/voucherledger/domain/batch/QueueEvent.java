package org.voucherledger.domain.batch;

import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** The queue of a batch: one event an application, in the order of receipt. Amounts in fen. */
public sealed interface QueueEvent extends DomainEvent {

    String batchId();

    @Override
    default String streamId() {
        return "queue:" + batchId();
    }

    /**
     * The position counts from one; the tier from zero, which is granted first (GZ-03, GZ-12). The share is what the tariff
     * gave the enterprise when it applied; its vouchers keep it (GZ-24).
     */
    @Revision("1")
    record ApplicationQueued(
            String batchId,
            String schemeId,
            String applicationId,
            String enterpriseId,
            long position,
            int tier,
            Integer shareBasisPoints,
            long amountFen,
            List<Long> partsFen,
            Instant receivedAt)
            implements QueueEvent {}

    @Revision("1")
    record ApplicationWithdrawn(
            String batchId, String applicationId, String enterpriseId, long position, long amountFen)
            implements QueueEvent {}
}
