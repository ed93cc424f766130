package org.voucherledger.domain.voucher;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** One electronic voucher, from being issued to being redeemed, returned or revoked. */
@AggregateRoot(type = "Voucher")
public class Voucher extends LedgerAggregate<VoucherState, VoucherEvent> {

    public Voucher() {
        super(VoucherState.EMPTY);
    }

    @EventSourcingHandler
    void on(VoucherEvent event) {
        fold(event);
    }
}
