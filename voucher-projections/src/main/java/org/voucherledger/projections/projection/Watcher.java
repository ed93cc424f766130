package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the end of the log for all views, and calls out when there is something new, late ones included. The first event after a
 * calm is called out at once; what follows is gathered for a moment, because a turn costs a commit for each view, however
 * little it tells.
 */
final class Watcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final int SECONDS_BEFORE_TRYING_AGAIN = 1;
    private static final Duration GATHERING = Duration.ofMillis(50);

    /** How one waits. */
    interface Rest {
        void take(Duration rest) throws InterruptedException;
    }

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Runnable news;
    private final Rest rest;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("projection-watcher").unstarted(this::watch);

    Watcher(StreamableMessageSource<TrackedEventMessage<?>> events, Runnable news) {
        this(events, news, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    Watcher(StreamableMessageSource<TrackedEventMessage<?>> events, Runnable news, Rest rest) {
        this.events = events;
        this.news = news;
        this.rest = rest;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var stream = events.openStream(events.createHeadToken())) {
                while (true) {
                    stream.nextAvailable();
                    while (stream.hasNextAvailable()) {
                        stream.nextAvailable();
                    }
                    news.run();
                    rest.take(GATHERING);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // The tellers look by themselves meanwhile, only later; their own faults are reported by them.
                LOG.warn("Cannot wait for new events; trying again", e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(SECONDS_BEFORE_TRYING_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
