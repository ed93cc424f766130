package org.voucherledger.domain.expert;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** One expert in the register (专家库), known by an opaque reference (SV-01, ALL-05). */
@AggregateRoot(type = "Expert")
public class Expert extends LedgerAggregate<ExpertState, ExpertEvent> {

    public Expert() {
        super(ExpertState.EMPTY);
    }

    @EventSourcingHandler
    void on(ExpertEvent event) {
        fold(event);
    }
}
