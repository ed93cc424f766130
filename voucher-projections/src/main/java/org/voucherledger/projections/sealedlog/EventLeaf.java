package org.voucherledger.projections.sealedlog;

import java.time.Instant;
import java.util.Arrays;

/**
 * An event of the log.
 *
 * @param id the event's own identifier
 * @param stream which aggregate it is an event of, {@code aggregate} being of what kind that is
 * @param recordedAt to the microsecond
 * @param revision may be null
 * @param payload the stored bytes: one JSON object in one line
 * @param metadata the same
 */
public record EventLeaf(
        long position,
        String id,
        String stream,
        long sequence,
        String aggregate,
        Instant recordedAt,
        String type,
        String revision,
        byte[] payload,
        byte[] metadata)
        implements Leaf {

    static final String KIND = "event";

    @Override
    public byte[] line() {
        return new LeafWriter(KIND)
                .number("position", position)
                .text("id", id)
                .text("stream", stream)
                .number("sequence", sequence)
                .text("aggregate", aggregate)
                .moment("recordedAt", recordedAt)
                .text("type", type)
                .optionalText("revision", revision)
                .object("payload", payload)
                .object("metadata", metadata)
                .line();
    }

    static EventLeaf read(LeafReader reader) {
        return new EventLeaf(
                reader.number("position"),
                reader.text("id"),
                reader.text("stream"),
                reader.number("sequence"),
                reader.text("aggregate"),
                reader.moment("recordedAt"),
                reader.text("type"),
                reader.optionalText("revision"),
                reader.object("payload"),
                reader.object("metadata"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventLeaf leaf && Arrays.equals(line(), leaf.line());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position);
    }
}
