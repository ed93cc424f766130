package org.voucherledger.projections.projection;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Stamp;

/**
 * An event that a projection is told.
 *
 * @param position its index in the log
 */
public record Told(long position, EventMessage<?> message, DomainEvent event) {

    public MetaData metaData() {
        return message.getMetaData();
    }

    /** A piece of who, when and why (ALL-04); empty where the event carries none. */
    public String said(String key) {
        return String.valueOf(metaData().getOrDefault(key, ""));
    }

    /** The ledger's time of the event: the stamp of the command that caused it. */
    public Instant at() {
        return timeOf(message);
    }

    /** When it was added to the log, at its stamp or later: since then the ledger has known of it. */
    public Instant recordedAt() {
        return message.getTimestamp();
    }

    /** Its place in its own stream. */
    public long sequence() {
        return message instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : 0;
    }

    static Instant timeOf(EventMessage<?> message) {
        Object received = message.getMetaData().get(Stamp.RECEIVED_AT);
        return received == null ? message.getTimestamp() : Instant.parse((String) received);
    }
}
