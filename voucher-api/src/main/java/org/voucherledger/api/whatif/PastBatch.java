package org.voucherledger.api.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.voucherledger.api.eventstore.EventsInOrder;
import org.voucherledger.api.eventstore.EventsInOrder.Placed;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.time.Shanghai;

/** What a batch was decided upon: its own events, its queue's, and those of who applied and of their quotas. */
@Component
class PastBatch {

    private final EventsInOrder events;

    PastBatch(EventsInOrder events) {
        this.events = events;
    }

    /** The batch's own events; none where there is no such batch. */
    List<Placed> batch(String batchId) {
        return events.of(List.of("batch:" + batchId));
    }

    /** Everything that bears on the decisions of this batch, in the order of the log. */
    List<Placed> everythingAbout(BatchOpened batch, List<Placed> ofBatch) {
        var streams = new TreeSet<String>();
        List<Placed> queue = events.of(List.of("queue:" + batch.batchId()));
        for (Placed past : queue) {
            if (past.event() instanceof ApplicationQueued queued) {
                streams.add("enterprise:" + queued.enterpriseId());
                streams.add("enterprisequota:" + batch.schemeId() + ":" + queued.enterpriseId() + ":"
                        + Shanghai.yearOf(queued.receivedAt()));
            }
        }
        var all = new ArrayList<>(ofBatch);
        all.addAll(queue);
        all.addAll(events.of(streams));
        all.sort(Comparator.comparingLong(Placed::position));
        return all;
    }

    /** The opening of the batch, {@code null} where there is none. */
    static BatchOpened opened(List<Placed> ofBatch) {
        return ofBatch.isEmpty() ? null : (BatchOpened) ofBatch.getFirst().event();
    }
}
