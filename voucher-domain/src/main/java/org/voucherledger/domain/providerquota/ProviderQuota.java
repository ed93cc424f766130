package org.voucherledger.domain.providerquota;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** GZ-21: what a provider has taken or reserved in one scheme year stays within its cap. */
@AggregateRoot(type = "ProviderQuota")
public class ProviderQuota extends LedgerAggregate<ProviderQuotaState, ProviderQuotaEvent> {

    public ProviderQuota() {
        super(ProviderQuotaState.EMPTY);
    }

    @EventSourcingHandler
    void on(ProviderQuotaEvent event) {
        fold(event);
    }
}
