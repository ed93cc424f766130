package org.voucherledger.domain.granting;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;

/**
 * The order in which a batch's live applications are granted: by tier, then by position (GZ-12), read from the queue's own
 * stream.
 *
 * <p>The order last read is kept with the queue's last position and live amount, which are read under the same transaction:
 * as long as both are the same, so is the order, because applications neither come nor go without changing one of them. What
 * was read in a transaction that is rolled back is forgotten: it may hold applications that never were.
 */
final class GrantOrder {

    private record Kept(String batchId, long lastPosition, long liveFen, List<ApplicationQueued> order) {}

    private static final Kept NOTHING = new Kept("", 0, 0, List.of());

    private final EventStore events;
    private volatile Kept kept = NOTHING;

    GrantOrder(EventStore events) {
        this.events = events;
    }

    List<ApplicationQueued> of(String batchId, long lastPosition, long liveFen) {
        Kept last = kept;
        if (!last.batchId().equals(batchId) || last.lastPosition() != lastPosition || last.liveFen() != liveFen) {
            last = new Kept(batchId, lastPosition, liveFen, read(batchId));
            kept = last;
            CurrentUnitOfWork.ifStarted(unit -> unit.root().onRollback(rolledBack -> kept = NOTHING));
        }
        return last.order();
    }

    private List<ApplicationQueued> read(String batchId) {
        var live = new LinkedHashMap<Long, ApplicationQueued>();
        var stream = events.readEvents("queue:" + batchId);
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
