package org.voucherledger.domain.redemption;

import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/** A provider's request to be paid: its items, the reviews, the notice, objections and settlement (GZ-40 to GZ-43). */
@AggregateRoot(type = "RedemptionClaim")
public class RedemptionClaim extends LedgerAggregate<ClaimState, ClaimEvent> {

    public RedemptionClaim() {
        super(ClaimState.EMPTY);
    }

    @EventSourcingHandler
    void on(ClaimEvent event) {
        fold(event);
    }
}
