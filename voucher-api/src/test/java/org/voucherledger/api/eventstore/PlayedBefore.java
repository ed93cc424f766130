package org.voucherledger.api.eventstore;

import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.voucherledger.domain.command.Stamp;

/** Brings what was played in memory into a ledger's log, as if it had happened there. */
public final class PlayedBefore {

    private PlayedBefore() {}

    /** All of it in one transaction; a fault of it is the test's. */
    public static void bring(LedgerStore store, List<? extends TrackedEventMessage<?>> events) {
        append(store, events.stream().map(PlayedBefore::copy).toList());
    }

    /** The same of events as they are, also of such as the domain would never have written. */
    public static void append(LedgerStore store, List<? extends DomainEventMessage<?>> events) {
        var unitOfWork = DefaultUnitOfWork.startAndGet(null);
        unitOfWork.attachTransaction(store.transactions());
        var brought = unitOfWork.executeWithResult(() -> {
            store.events().publish(events);
            return null;
        });
        if (brought.isExceptional()) {
            throw new IllegalStateException("not brought", brought.exceptionResult());
        }
    }

    /** The same event without the place that it had where it was played, recorded when its command was received. */
    private static DomainEventMessage<?> copy(TrackedEventMessage<?> event) {
        var domain = (DomainEventMessage<?>) event;
        return new GenericDomainEventMessage<>(
                domain.getType(),
                domain.getAggregateIdentifier(),
                domain.getSequenceNumber(),
                domain.getPayload(),
                domain.getMetaData(),
                domain.getIdentifier(),
                Instant.parse((String) domain.getMetaData().get(Stamp.RECEIVED_AT)));
    }
}
