package org.voucherledger.domain.party;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** Who takes vouchers in payment: its recognition, registration and products (GZ-04 to GZ-07, GZ-32). */
@AggregateRoot(type = "Provider")
public class Provider extends LedgerAggregate<ProviderState, ProviderEvent> {

    public Provider() {
        super(ProviderState.EMPTY);
    }

    @EventSourcingHandler
    void on(ProviderEvent event) {
        fold(event);
    }
}
