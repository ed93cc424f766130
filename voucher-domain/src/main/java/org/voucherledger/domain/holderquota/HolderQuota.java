package org.voucherledger.domain.holderquota;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** CV-01: how many vouchers one holder has taken in one cycle stays within the scheme's number of each category. */
@AggregateRoot(type = "HolderQuota")
public class HolderQuota extends LedgerAggregate<HolderQuotaState, HolderQuotaEvent> {

    public HolderQuota() {
        super(HolderQuotaState.EMPTY);
    }

    @EventSourcingHandler
    void on(HolderQuotaEvent event) {
        fold(event);
    }
}
