package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.voucherledger.domain.command.Stamp;

/** A request that has its stamp and its place in the queue (GZ-10), and the promise to whoever waits for it. */
record Received(CommandRequest request, Instant at, CompletableFuture<Answer> promise) {

    Stamp stamp() {
        return new Stamp(
                request.idempotencyKey(), at, request.actor(), request.command().reason());
    }

    AnswerKey key() {
        return new AnswerKey(request.actor().id(), request.idempotencyKey());
    }
}
