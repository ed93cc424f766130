package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Where a request is stamped and takes its place.
 *
 * <p>Invariant (GZ-10): stamps never go back along the queue, whatever the clock does, because stamping and queueing are one
 * step. A full queue stamps nothing.
 */
final class Intake {

    private static final long LOOK_UP_MILLIS = 100;

    private final LedgerClock clock;
    private final ArrayBlockingQueue<Received> waiting;
    private Instant last;
    private boolean open = true;

    /** @param notBefore the last stamp that was given before this start */
    Intake(LedgerClock clock, int capacity, Instant notBefore) {
        this.clock = clock;
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.last = notBefore;
    }

    /** Empty if there is no room, or no more is taken in. */
    synchronized Optional<CompletableFuture<Answer>> admit(CommandRequest request) {
        Instant now = clock.now();
        Instant stamp = now.isBefore(last) ? last : now;
        var promise = new CompletableFuture<Answer>();
        if (!open || !waiting.offer(new Received(request, stamp, promise))) {
            return Optional.empty();
        }
        last = stamp;
        return Optional.of(promise);
    }

    /** The next ones in order, waiting for the first of them; none when nothing is left and no more is taken in. */
    List<Received> next(int most) throws InterruptedException {
        var group = new ArrayList<Received>(most);
        for (Received first = null; first == null; ) {
            boolean mayCome = isOpen();
            first = waiting.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null && !mayCome) {
                return group;
            }
            if (first != null) {
                group.add(first);
            }
        }
        waiting.drainTo(group, most - 1);
        return group;
    }

    /** Those that wait already, in order. */
    List<Received> waiting(int most) {
        var group = new ArrayList<Received>(most);
        waiting.drainTo(group, most);
        return group;
    }

    private synchronized boolean isOpen() {
        return open;
    }

    /** From now on nothing is taken in. */
    synchronized void close() {
        open = false;
    }

    List<Received> rest() {
        var rest = new ArrayList<Received>();
        waiting.drainTo(rest);
        return rest;
    }
}
