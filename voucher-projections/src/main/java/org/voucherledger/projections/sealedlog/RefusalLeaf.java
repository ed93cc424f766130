package org.voucherledger.projections.sealedlog;

import java.time.Instant;
import java.util.Arrays;

/**
 * A command that a rule refused: who asked for what, and which rule said no.
 *
 * @param id its number among the answers that the ledger gave
 * @param idempotencyKey under which it was asked, {@code bodySha256} being the hash of what was asked
 * @param receivedAt to the microsecond
 * @param answer the stored bytes: one JSON object in one line
 * @param position how far the log of events was
 */
public record RefusalLeaf(
        long id,
        String actor,
        String idempotencyKey,
        String bodySha256,
        String commandType,
        String role,
        String onBehalfOf,
        Instant receivedAt,
        String rule,
        String about,
        String stage,
        byte[] answer,
        long position)
        implements Leaf {

    static final String KIND = "refusal";

    @Override
    public byte[] line() {
        return new LeafWriter(KIND)
                .number("id", id)
                .text("actor", actor)
                .text("idempotencyKey", idempotencyKey)
                .text("bodySha256", bodySha256)
                .text("commandType", commandType)
                .text("role", role)
                .text("onBehalfOf", onBehalfOf)
                .moment("receivedAt", receivedAt)
                .text("rule", rule)
                .text("about", about)
                .text("stage", stage)
                .object("answer", answer)
                .number("position", position)
                .line();
    }

    static RefusalLeaf read(LeafReader reader) {
        return new RefusalLeaf(
                reader.number("id"),
                reader.text("actor"),
                reader.text("idempotencyKey"),
                reader.text("bodySha256"),
                reader.text("commandType"),
                reader.text("role"),
                reader.text("onBehalfOf"),
                reader.moment("receivedAt"),
                reader.text("rule"),
                reader.text("about"),
                reader.text("stage"),
                reader.object("answer"),
                reader.number("position"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RefusalLeaf leaf && Arrays.equals(line(), leaf.line());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
