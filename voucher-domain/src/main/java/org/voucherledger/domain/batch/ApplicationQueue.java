package org.voucherledger.domain.batch;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** The applications of a batch in the order of receipt (GZ-10); its state is counters, the order is read from its stream. */
@AggregateRoot(type = "ApplicationQueue")
public class ApplicationQueue extends LedgerAggregate<QueueState, QueueEvent> {

    public ApplicationQueue() {
        super(QueueState.EMPTY);
    }

    @EventSourcingHandler
    void on(QueueEvent event) {
        fold(event);
    }
}
