package org.voucherledger.domain.usedonce;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** GZ-26: binds a key of the real world to one voucher at a time. */
@AggregateRoot(type = "UsedOnce")
public class UsedOnce extends LedgerAggregate<UsedOnceState, UsedOnceEvent> {

    public UsedOnce() {
        super(UsedOnceState.EMPTY);
    }

    @EventSourcingHandler
    void on(UsedOnceEvent event) {
        fold(event);
    }
}
