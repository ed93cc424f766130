package org.voucherledger.domain.granting;

import java.lang.ref.SoftReference;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.batch.QueueState;

/**
 * The order in which a batch's live applications are granted: by tier, then by position (GZ-12), read from the queue's own
 * stream.
 *
 * <p>Reading a queue of a hundred thousand takes longer than deciding a step of it, so the order last read is kept, together
 * with the very state of the queue that it was read beside. A state is never changed, only followed by another: whoever holds
 * the same one has the same queue, and whoever has to load the queue anew, because an application came, went, or was rolled
 * back, reads the order anew, too. What is kept of some batches may be lost when memory is short.
 */
final class GrantOrder {

    private static final int BATCHES = 4;

    private record Kept(QueueState beside, SoftReference<List<ApplicationQueued>> order) {}

    private final EventStore events;
    /** The one asked for last stands last. */
    private final Map<String, Kept> kept = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > BATCHES;
        }
    };

    GrantOrder(EventStore events) {
        this.events = events;
    }

    /** @param queue the batch's, as the same transaction sees it */
    synchronized List<ApplicationQueued> of(String batchId, QueueState queue) {
        Kept last = kept.remove(batchId);
        List<ApplicationQueued> order =
                last == null || last.beside() != queue ? null : last.order().get();
        if (order == null) {
            order = read(batchId);
            last = new Kept(queue, new SoftReference<>(order));
        }
        kept.put(batchId, last);
        return order;
    }

    private List<ApplicationQueued> read(String batchId) {
        var live = new LinkedHashMap<Long, ApplicationQueued>();
        var stream = events.readEvents("queue:" + batchId, 0);
        while (stream.hasNext()) {
            switch (stream.next().getPayload()) {
                case ApplicationQueued queued -> live.put(queued.position(), queued);
                case ApplicationWithdrawn withdrawn -> live.remove(withdrawn.position());
                default -> throw new IllegalStateException("a queue holds applications only");
            }
        }
        return live.values().stream()
                .sorted(Comparator.comparingInt(ApplicationQueued::tier).thenComparingLong(ApplicationQueued::position))
                .toList();
    }
}
