package org.voucherledger.domain;

import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.voucherledger.domain.ledger.Ledger;

/** What the domain offers to whoever wires it: its aggregates ({@link Ledger#AGGREGATES}) and its command handlers. */
public final class LedgerDomain {

    private LedgerDomain() {}

    /**
     * One handler object for each capability, to be registered with a command bus.
     *
     * @param events from where the order of a batch's queue is read
     */
    public static List<Object> commandHandlers(Ledger ledger, EventStore events) {
        return List.of();
    }
}
