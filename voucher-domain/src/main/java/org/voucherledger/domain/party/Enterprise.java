package org.voucherledger.domain.party;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** Who holds vouchers: what it declared, what the operator verified, what stands against it (GZ-01, GZ-32). */
@AggregateRoot(type = "Enterprise")
public class Enterprise extends LedgerAggregate<EnterpriseState, EnterpriseEvent> {

    public Enterprise() {
        super(EnterpriseState.EMPTY);
    }

    @EventSourcingHandler
    void on(EnterpriseEvent event) {
        fold(event);
    }
}
