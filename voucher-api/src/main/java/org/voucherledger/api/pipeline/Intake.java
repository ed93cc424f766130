package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where a request is stamped and takes its place.
 *
 * <p>Invariant (GZ-10): stamps never go back along the order of receipt, whatever the clock does, because stamping and queueing are
 * one step; who overtakes whom is for {@link Turn} to say. A full queue stamps nothing.
 */
final class Intake {

    private final LedgerClock clock;
    private final WaitingLines waiting;
    private Instant last;
    private boolean open = true;

    /** @param notBefore the last stamp that was given before this start */
    Intake(LedgerClock clock, int capacity, Instant notBefore) {
        this.clock = clock;
        this.waiting = new WaitingLines(capacity);
        this.last = notBefore;
    }

    /** Empty if there is no room, or no more is taken in. */
    Optional<CompletableFuture<Answer>> admit(CommandRequest request) {
        return admit(request, Turn.of(request));
    }

    private synchronized Optional<CompletableFuture<Answer>> admit(CommandRequest request, Turn turn) {
        if (!open || !waiting.hasRoomFor(turn)) {
            return Optional.empty();
        }
        Instant now = clock.now();
        last = now.isBefore(last) ? last : now;
        var promise = new CompletableFuture<Answer>();
        waiting.add(new Received(request, last, promise), turn);
        notifyAll();
        return Optional.of(promise);
    }

    /** The next ones, waiting for the first of them; none when nothing is left and no more is taken in. */
    synchronized List<Received> next(int most) throws InterruptedException {
        while (open && waiting.isEmpty()) {
            wait();
        }
        return waiting.take(most);
    }

    /** The next of those that wait already. */
    synchronized List<Received> waiting(int most) {
        return waiting.take(most);
    }

    /** Those who have waited longest; they go on waiting. */
    synchronized List<Received> soon(int most) {
        return waiting.longest(most);
    }

    /** From now on nothing is taken in. */
    synchronized void close() {
        open = false;
        notifyAll();
    }

    List<Received> rest() {
        return waiting(Integer.MAX_VALUE);
    }
}
