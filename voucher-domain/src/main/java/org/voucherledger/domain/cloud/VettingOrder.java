package org.voucherledger.domain.cloud;

import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueState.Tier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Whose turn it is to be vetted: the first tier before the others, then by position; the withdrawn are passed (CL-03).
 *
 * <p>The queue's state knows how many of each tier wait and where in the stream the one vetted last stands. The stream is
 * read from there to the next that waits, so that a whole queue is read once however often it is asked.
 */
final class VettingOrder {

    private final Ledger ledger;
    private final EventStore events;

    VettingOrder(Ledger ledger, EventStore events) {
        this.ledger = ledger;
        this.events = events;
    }

    /** @param place where it stands in the queue's stream */
    record Turn(ApplicationReserved application, long place) {}

    /** {@code null} where nobody waits. */
    Turn next(String batchId) {
        for (Map.Entry<Integer, Tier> tier : ledger.queue(batchId).now().tiers().entrySet()) {
            if (tier.getValue().pending() > 0) {
                return firstThatWaits(batchId, tier.getKey(), tier.getValue().place());
            }
        }
        return null;
    }

    private Turn firstThatWaits(String batchId, int tier, long from) {
        var stream = events.readEvents("queue:" + batchId, from);
        while (stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            if (message.getPayload() instanceof ApplicationReserved application
                    && application.tier() == tier
                    && ledger.voucher(application.voucherId()).now().status() == VoucherStatus.RESERVED) {
                return new Turn(application, message.getSequenceNumber());
            }
        }
        throw new IllegalStateException("queue " + batchId + " counts applications that wait and has none");
    }
}
