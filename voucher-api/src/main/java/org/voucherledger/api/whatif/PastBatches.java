package org.voucherledger.api.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.voucherledger.api.eventstore.EventsInOrder;
import org.voucherledger.api.eventstore.EventsInOrder.Placed;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;

/** Finds past batches in the log, and tells what bore on their decisions. */
@Component
class PastBatches {

    /** Streams that a batch reads and never writes: they stay in the log and are read there when they are needed. */
    private static final Set<String> ONLY_READ = Set.of("enterprise", "provider", "catalogue");

    private final EventsInOrder events;

    PastBatches(EventsInOrder events) {
        this.events = events;
    }

    /** {@code null} where there is no such batch. */
    PastBatch find(String batchId) {
        var found = new PastBatch[1];
        events.tell("batch:" + batchId, Long.MAX_VALUE, past -> {
            if (past.event() instanceof BatchOpened opened) {
                found[0] = new PastBatch(opened);
            }
            found[0].learn(past);
        });
        PastBatch batch = found[0];
        if (batch != null) {
            events.tell("scheme:" + batch.opened().schemeId(), Long.MAX_VALUE, batch::learn);
            events.tell("queue:" + batchId, Long.MAX_VALUE, batch::learn);
            if (batch.kind() == Kind.CLOUD) {
                learnContracts(batch);
            }
        }
        return batch;
    }

    private void learnContracts(PastBatch batch) {
        events.tell(
                List.of("voucher:" + batch.opened().batchId() + "-A"), batch::restsOn, batch.lastPosition(), past -> {
                    if (past.event() instanceof VoucherReserved reserved) {
                        batch.learn(UsedKeys.contractItem(
                                reserved.enterpriseId(), reserved.providerId(), reserved.contract()));
                    }
                });
    }

    /** Everything that bears on its decisions, in the order of the log. */
    void tell(PastBatch batch, Consumer<Placed> told) {
        events.tell(batch.beginnings(), batch::restsOn, batch.lastPosition(), told);
    }

    /** A stream that a batch only reads, as it stood at this position; nothing of any other stream. */
    List<DomainEvent> asOf(long position, String stream) {
        if (!ONLY_READ.contains(stream.substring(0, stream.indexOf(':')))) {
            return List.of();
        }
        var found = new ArrayList<DomainEvent>();
        events.tell(stream, position, past -> found.add(past.event()));
        return found;
    }
}
