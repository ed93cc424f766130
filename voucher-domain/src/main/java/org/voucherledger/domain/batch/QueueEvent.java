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

    /** An application with its contract: it holds its money from receipt on and waits to be vetted (CL-03). */
    @Revision("1")
    record ApplicationReserved(
            String batchId,
            String schemeId,
            String applicationId,
            String voucherId,
            String enterpriseId,
            String providerId,
            long position,
            int tier,
            int shareBasisPoints,
            long amountFen,
            Instant receivedAt)
            implements QueueEvent {}

    /** Vetted in its turn. */
    @Revision("1")
    record ApplicationApproved(
            String batchId,
            String applicationId,
            String voucherId,
            String enterpriseId,
            long position,
            int tier,
            long amountFen)
            implements QueueEvent {}

    /** Vetted in its turn; its money is available again. */
    @Revision("1")
    record ApplicationRejected(
            String batchId,
            String applicationId,
            String voucherId,
            String enterpriseId,
            long position,
            int tier,
            long amountFen,
            String reason)
            implements QueueEvent {}

    /** Withdrawn before it was vetted; its money is available again. */
    @Revision("1")
    record ApplicationRecalled(
            String batchId,
            String applicationId,
            String voucherId,
            String enterpriseId,
            long position,
            int tier,
            long amountFen,
            String reason)
            implements QueueEvent {}

    @Revision("1")
    record ApplicationWithdrawn(
            String batchId, String applicationId, String enterpriseId, long position, long amountFen)
            implements QueueEvent {}
}
