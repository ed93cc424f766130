package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the views are, how far behind the log, and waiting until one has come far enough. */
public final class ProjectionPositions {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final JdbcTemplate jdbc;
    private final Slots slots;
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final AtomicLong news = new AtomicLong();
    private final LastLook lastLook;

    ProjectionPositions(JdbcTemplate jdbc, Slots slots, StreamableMessageSource<TrackedEventMessage<?>> events) {
        this.jdbc = jdbc;
        this.slots = slots;
        this.events = events;
        this.lastLook = new LastLook(this::served, news::get, LOOK_AGAIN);
    }

    private Map<String, Progress> served() {
        var served = new HashMap<String, Progress>();
        jdbc.query("select projection, token, token_type, position, as_of from projection.slot where serving", row -> {
            served.put(row.getString("projection"), slots.read(row));
        });
        return served;
    }

    /** What the serving copy has been told. */
    public Progress progress(String projection) {
        return jdbc
                .query(
                        "select token, token_type, position, as_of from projection.slot where projection = ? and serving",
                        (row, n) -> slots.read(row),
                        projection)
                .stream()
                .findFirst()
                .orElse(Progress.NONE);
    }

    /** The index of the last event in the log, {@code -1} if there is none. */
    public long head() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    /** Was this position shown when somebody last looked? */
    boolean hasReached(String projection, long position) {
        return lastLook.of(projection).hasReached(position);
    }

    /**
     * Waits until the serving copy shows what the log held at this position. However many wait, one at a time looks into the
     * database, and for all of them.
     *
     * @throws TimeoutException if it does not within the time
     */
    public void awaitAtLeast(String projection, long position, Duration timeout) throws TimeoutException {
        if (!awaitUntil(() -> hasReached(projection, position), timeout)) {
            throw new TimeoutException(projection + " has not reached " + position);
        }
    }

    /** Looks whenever a copy was told something, and now and again besides; false if the time is over first. */
    boolean awaitUntil(BooleanSupplier condition, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            pause(Math.min(left, LOOK_AGAIN.toNanos()));
        }
        return true;
    }

    /** A copy was told something: whoever waits looks again. */
    void told() {
        news.incrementAndGet();
        lock.lock();
        try {
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause(long nanos) {
        lock.lock();
        try {
            told.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a view", e);
        } finally {
            lock.unlock();
        }
    }
}
