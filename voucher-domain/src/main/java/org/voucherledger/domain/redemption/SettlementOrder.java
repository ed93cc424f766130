package org.voucherledger.domain.redemption;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** Whose turn it is to be paid in a cloud batch (CL-03, GZ-43), and how much of it was paid. */
@AggregateRoot(type = "SettlementOrder")
public class SettlementOrder extends LedgerAggregate<SettlementState, SettlementEvent> {

    public SettlementOrder() {
        super(SettlementState.EMPTY);
    }

    @EventSourcingHandler
    void on(SettlementEvent event) {
        fold(event);
    }
}
