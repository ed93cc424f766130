package org.voucherledger.domain.cloud;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Whose turn it is to be vetted: the first tier before the others, then by position; the withdrawn are passed (CL-03).
 *
 * <p>The queue's state knows how many of each tier wait and where in the stream the first of them stands, so that whoever asks
 * whose turn it is reads one event. Who leaves the first place, vetted or withdrawn, says who is first then: each part of the
 * queue is read once for that, however often is asked, refused and withdrawn.
 */
final class VettingOrder {

    private static final long NOBODY = -1;

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
        return ledger.queue(batchId).now().tiers().values().stream()
                .filter(tier -> tier.pending() > 0)
                .findFirst()
                .map(tier -> at(batchId, tier.place()))
                .orElse(null);
    }

    /** Where the first of the tier stands once this one has been vetted, whose turn it is. */
    long placeAfter(Turn turn) {
        return firstBehind(turn.application().batchId(), turn.application().tier(), turn.place());
    }

    /** Where the first of the tier stands once this one has been withdrawn, whose turn it need not be. */
    long placeWithout(String batchId, int tier, String voucherId) {
        long place = ledger.queue(batchId).now().tier(tier).place();
        boolean isFirst = at(batchId, place).application().voucherId().equals(voucherId);
        return isFirst ? firstBehind(batchId, tier, place) : place;
    }

    private Turn at(String batchId, long place) {
        var message = events.readEvents("queue:" + batchId, place).next();
        return new Turn((ApplicationReserved) message.getPayload(), place);
    }

    private long firstBehind(String batchId, int tier, long place) {
        if (ledger.queue(batchId).now().tier(tier).pending() == 1) {
            return NOBODY;
        }
        var stream = events.readEvents("queue:" + batchId, place + 1);
        while (stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            if (message.getPayload() instanceof ApplicationReserved application
                    && application.tier() == tier
                    && ledger.voucher(application.voucherId()).now().status() == VoucherStatus.RESERVED) {
                return message.getSequenceNumber();
            }
        }
        throw new IllegalStateException("queue " + batchId + " counts applications that wait and has none");
    }
}
