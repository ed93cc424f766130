package org.voucherledger.domain.audit;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** A sample that an auditor draws by lot, and what was found wrong with what was drawn (SV-04). */
@AggregateRoot(type = "Draw")
public class Draw extends LedgerAggregate<DrawState, AuditEvent> {

    public Draw() {
        super(DrawState.EMPTY);
    }

    @EventSourcingHandler
    void on(AuditEvent event) {
        fold(event);
    }
}
