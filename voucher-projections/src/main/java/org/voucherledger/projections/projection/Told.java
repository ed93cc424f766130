package org.voucherledger.projections.projection;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Stamp;

/** An event that a projection is told. All views are told the same one, so that what it says is read once. */
public final class Told {

    private final long position;
    private final EventMessage<?> message;
    private final DomainEvent event;
    private final Serializer log;
    /** Read when first asked for; two threads may do so at once, and find the same. */
    private Said said;

    /** Nearly every view asks for it, and for nothing else of what was said. */
    private Instant at;

    /**
     * @param position its index in the log
     * @param log the serializer of the log from which it was read
     */
    Told(long position, EventMessage<?> message, DomainEvent event, Serializer log) {
        this.position = position;
        this.message = message;
        this.event = event;
        this.log = log;
    }

    /** An event that was not read from a log. */
    public Told(long position, EventMessage<?> message, DomainEvent event) {
        this(position, message, event, null);
    }

    public long position() {
        return position;
    }

    public EventMessage<?> message() {
        return message;
    }

    public DomainEvent event() {
        return event;
    }

    /** A piece of who, when and why (ALL-04); empty where the event carries none. */
    public String said(String key) {
        return said().texts().getOrDefault(key, "");
    }

    /** What led to it that has a structure, as JSON; {@code null} where the event carries none. */
    public String json(String key) {
        var structure = said().structures().get(key);
        return structure == null ? null : structure.get();
    }

    /** The ledger's time of the event: the stamp of the command that caused it. */
    public Instant at() {
        Instant known = at;
        if (known == null) {
            known = log == null ? timeOf(message) : timeOf(Said.text(metaData(), Stamp.RECEIVED_AT), message);
            at = known;
        }
        return known;
    }

    /** When it was added to the log, at its stamp or later: since then the ledger has known of it. */
    public Instant recordedAt() {
        return message.getTimestamp();
    }

    /** Its place in its own stream. */
    public long sequence() {
        return message instanceof DomainEventMessage<?> domain ? domain.getSequenceNumber() : 0;
    }

    /** The event as the log holds it, or would. */
    public SerializedObject<String> written(Serializer payloads) {
        return message.serializePayload(payloads, String.class);
    }

    private Said said() {
        Said known = said;
        if (known == null) {
            known = log == null ? Said.of(message) : Said.in(metaData());
            said = known;
        }
        return known;
    }

    /** As the log has them. */
    private byte[] metaData() {
        return message.serializeMetaData(log, byte[].class).getData();
    }

    static Instant timeOf(EventMessage<?> message) {
        return timeOf((String) message.getMetaData().get(Stamp.RECEIVED_AT), message);
    }

    private static Instant timeOf(String received, EventMessage<?> message) {
        return received == null ? message.getTimestamp() : Instant.parse(received);
    }
}
