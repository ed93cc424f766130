package org.voucherledger.domain.redemption;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** In which orders of payment a party's vouchers have stood (CL-03, GZ-43). */
public sealed interface PartyTurnEvent extends DomainEvent {

    /** The name of the party's own stream. */
    String party();

    @Override
    default String streamId() {
        return "partyturns:" + party();
    }

    /** A voucher of the party was awaited in the order of this batch, for the first time. */
    @Revision("1")
    record TurnGivenInBatch(String party, String batchId) implements PartyTurnEvent {}
}
