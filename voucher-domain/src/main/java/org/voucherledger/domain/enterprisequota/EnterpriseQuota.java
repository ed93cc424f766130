package org.voucherledger.domain.enterprisequota;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** GZ-11: what one enterprise has pending and charged in one calendar year stays within the annual cap. */
@AggregateRoot(type = "EnterpriseQuota")
public class EnterpriseQuota extends LedgerAggregate<EnterpriseQuotaState, EnterpriseQuotaEvent> {

    public EnterpriseQuota() {
        super(EnterpriseQuotaState.EMPTY);
    }

    @EventSourcingHandler
    void on(EnterpriseQuotaEvent event) {
        fold(event);
    }
}
