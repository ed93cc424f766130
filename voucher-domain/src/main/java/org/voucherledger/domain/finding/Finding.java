package org.voucherledger.domain.finding;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** A complaint (投诉举报) or a spot check (抽查), what came of it, and what was done because of it (SV-04). */
@AggregateRoot(type = "Finding")
public class Finding extends LedgerAggregate<FindingState, FindingEvent> {

    public Finding() {
        super(FindingState.EMPTY);
    }

    @EventSourcingHandler
    void on(FindingEvent event) {
        fold(event);
    }
}
