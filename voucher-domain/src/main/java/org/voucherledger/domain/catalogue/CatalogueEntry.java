package org.voucherledger.domain.catalogue;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** One product's entry in the catalogue of cloud products, through the years (CL-07). */
@AggregateRoot(type = "CatalogueEntry")
public class CatalogueEntry extends LedgerAggregate<CatalogueState, CatalogueEvent> {

    public CatalogueEntry() {
        super(CatalogueState.EMPTY);
    }

    @EventSourcingHandler
    void on(CatalogueEvent event) {
        fold(event);
    }
}
