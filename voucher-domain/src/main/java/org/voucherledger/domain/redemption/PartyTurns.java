package org.voucherledger.domain.redemption;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** In which orders of payment a party's vouchers stand, so that each hears of what holds the party (CL-03, GZ-32). */
@AggregateRoot(type = "PartyTurns")
public class PartyTurns extends LedgerAggregate<PartyTurnState, PartyTurnEvent> {

    public PartyTurns() {
        super(PartyTurnState.EMPTY);
    }

    @EventSourcingHandler
    void on(PartyTurnEvent event) {
        fold(event);
    }
}
