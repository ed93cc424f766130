package org.voucherledger.api.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.voucherledger.projections.sealedlog.EventLeaf;

/** An event with one of its columns changed. */
record ForgedEvent(EventLeaf leaf) {

    ForgedEvent position(long position) {
        return with(position, leaf.id(), leaf.sequence(), leaf.recordedAt(), leaf.type(), leaf.payload());
    }

    ForgedEvent id(String id) {
        return with(leaf.position(), id, leaf.sequence(), leaf.recordedAt(), leaf.type(), leaf.payload());
    }

    ForgedEvent sequence(long sequence) {
        return with(leaf.position(), leaf.id(), sequence, leaf.recordedAt(), leaf.type(), leaf.payload());
    }

    ForgedEvent recordedAt(Instant at) {
        return with(leaf.position(), leaf.id(), leaf.sequence(), at, leaf.type(), leaf.payload());
    }

    ForgedEvent type(String type) {
        return with(leaf.position(), leaf.id(), leaf.sequence(), leaf.recordedAt(), type, leaf.payload());
    }

    ForgedEvent payload(UnaryOperator<String> change) {
        String text = change.apply(new String(leaf.payload(), StandardCharsets.UTF_8));
        return with(
                leaf.position(),
                leaf.id(),
                leaf.sequence(),
                leaf.recordedAt(),
                leaf.type(),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private ForgedEvent with(long position, String id, long sequence, Instant at, String type, byte[] payload) {
        return new ForgedEvent(new EventLeaf(
                position,
                id,
                leaf.stream(),
                sequence,
                leaf.aggregate(),
                at,
                type,
                leaf.revision(),
                payload,
                leaf.metadata()));
    }
}
