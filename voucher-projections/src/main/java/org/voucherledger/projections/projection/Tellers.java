package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The copies that this instance of the ledger tells, in turns: a few workers, and whoever is furthest behind is told first, so
 * that copies which catch up keep together and are told of an event while it is at hand.
 */
final class Tellers implements AutoCloseable {

    /** What two processors can do besides the server; more only wait for each other. */
    static final int WORKERS = 3;

    private static final long TOGETHER = 5L * Teller.MOST_EVENTS;
    private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

    /** A teller and when its turn is. */
    private static final class Place {
        private final Teller teller;
        private long due = System.nanoTime();
        private boolean atWork;
        /** Waits for news, and not for a fault to pass. */
        private boolean listens = true;

        private Place(Teller teller) {
            this.teller = teller;
        }
    }

    private final BiFunction<Projection, Slot, Teller> tellers;
    private final Runnable whenTold;
    private final Runnable whenIdle;
    private final Map<Slot, Place> places = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Thread> workers;
    private long news;
    private boolean closed;

    /**
     * @param whenTold run when a copy has been told something
     * @param whenIdle run when nobody has anything to be told
     */
    Tellers(BiFunction<Projection, Slot, Teller> tellers, Runnable whenTold, Runnable whenIdle) {
        this.tellers = tellers;
        this.whenTold = whenTold;
        this.whenIdle = whenIdle;
        this.workers = IntStream.range(0, WORKERS)
                .mapToObj(n -> Thread.ofPlatform()
                        .daemon()
                        .name("projection-worker-" + n)
                        .start(this::work))
                .toList();
    }

    /** Does nothing if the copy is told here already, or the program is stopping. */
    void run(Projection projection, Slot slot) {
        locked(() -> {
            if (!closed) {
                places.computeIfAbsent(slot, key -> new Place(tellers.apply(projection, key)));
            }
        });
    }

    /** Returns when the copy is not told here any more. */
    void stop(Slot slot) {
        locked(() -> {
            Place place = places.remove(slot);
            if (place != null) {
                awaitRest(List.of(place));
            }
        });
    }

    /** What is told here. */
    Set<Slot> slots() {
        lock.lock();
        try {
            return Set.copyOf(places.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** There is something new in the log. */
    void news() {
        locked(() -> {
            news++;
            places.values().stream().filter(place -> place.listens).forEach(place -> place.due = System.nanoTime());
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            while (true) {
                Place place;
                long heard;
                lock.lockInterruptibly();
                try {
                    place = next();
                    if (place == null) {
                        return;
                    }
                    place.atWork = true;
                    heard = news;
                } finally {
                    lock.unlock();
                }
                Duration pause = Teller.AT_ONCE;
                try {
                    pause = place.teller.turn(whenTold);
                } finally {
                    rest(place, heard, pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next turn; {@code null} when there are no more. */
    private Place next() throws InterruptedException {
        while (!closed) {
            long now = System.nanoTime();
            Place first = null;
            long soonest = LONGEST_TURN.toNanos();
            for (Place place : places.values()) {
                long left = place.due - now;
                if (place.atWork) {
                    continue;
                }
                if (left > 0) {
                    soonest = Math.min(soonest, left);
                } else if ((first == null || place.teller.position() < first.teller.position()) && !isAhead(place)) {
                    first = place;
                }
            }
            if (first != null) {
                return first;
            }
            if (places.values().stream().noneMatch(place -> place.atWork)) {
                whenIdle.run();
            }
            changed.await(soonest, TimeUnit.NANOSECONDS);
        }
        return null;
    }

    /**
     * Copies that catch up from about the same place keep together, so that the log is read for all of them once: one that is
     * two turns ahead of another waits for it. Whoever is far from it, or has caught up, waits for nobody.
     */
    private boolean isAhead(Place place) {
        long position = place.teller.position();
        return place.teller.catchesUp()
                && places.values().stream()
                        .filter(other -> other.teller.catchesUp())
                        .mapToLong(other -> position - other.teller.position())
                        .anyMatch(ahead -> ahead > Teller.MOST_EVENTS && ahead < TOGETHER);
    }

    private void rest(Place place, long heard, Duration pause) {
        locked(() -> {
            place.atWork = false;
            place.listens = pause.compareTo(Teller.WITHOUT_NEWS) == 0;
            boolean toldOf = place.listens && news != heard;
            place.due = System.nanoTime() + (toldOf ? 0 : pause.toNanos());
        });
    }

    private void awaitRest(Collection<Place> leaving) {
        long left = LONGEST_TURN.toNanos();
        try {
            while (left > 0 && leaving.stream().anyMatch(place -> place.atWork)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets every turn end; none begins any more. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            var leaving = List.copyOf(places.values());
            places.clear();
            awaitRest(leaving);
        });
        workers.forEach(Thread::interrupt);
    }
}
