package org.voucherledger.domain.scheme;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** A scheme: its versions, its fund, and what of the fund its batches hold (GZ-15, ALL-01). */
@AggregateRoot(type = "Scheme")
public class Scheme extends LedgerAggregate<SchemeState, SchemeEvent> {

    public Scheme() {
        super(SchemeState.EMPTY);
    }

    @EventSourcingHandler
    void on(SchemeEvent event) {
        fold(event);
    }
}
