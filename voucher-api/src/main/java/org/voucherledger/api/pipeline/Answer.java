package org.voucherledger.api.pipeline;

import java.time.Instant;
import org.voucherledger.domain.rule.Decision;

/** What became of a command. Everything but {@link Overloaded} is durable and is given again for the same key. */
public sealed interface Answer {

    /**
     * @param result what the handler answered, as JSON, or {@code "null"}
     * @param position of the last event in the log when the command had been done; a view that has reached it shows it
     */
    record Accepted(String result, long position, Instant receivedAt) implements Answer {}

    /** A rule said no (ALL-02). {@code position} is that of the log when it did. */
    record Denied(Decision decision, long position, Instant receivedAt) implements Answer {}

    /** The same actor used this key for another command, or on behalf of another party. */
    record KeyReused(String idempotencyKey) implements Answer {}

    /** Nothing was received; ask again later with the same key (GZ-10). */
    record Overloaded(int retryAfterSeconds) implements Answer {}
}
