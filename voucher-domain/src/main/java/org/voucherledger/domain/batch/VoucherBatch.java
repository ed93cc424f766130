package org.voucherledger.domain.batch;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** One issue of vouchers: its window, its money, the progress of its grant. Small however many applications it has. */
@AggregateRoot(type = "VoucherBatch")
public class VoucherBatch extends LedgerAggregate<BatchState, BatchEvent> {

    public VoucherBatch() {
        super(BatchState.EMPTY);
    }

    @EventSourcingHandler
    void on(BatchEvent event) {
        fold(event);
    }
}
