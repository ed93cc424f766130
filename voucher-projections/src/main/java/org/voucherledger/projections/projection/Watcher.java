package org.voucherledger.projections.projection;

import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the end of the log for all views, and calls out when there is something new, late ones included. */
final class Watcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final int SECONDS_BEFORE_TRYING_AGAIN = 1;

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Runnable news;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("projection-watcher").unstarted(this::watch);

    Watcher(StreamableMessageSource<TrackedEventMessage<?>> events, Runnable news) {
        this.events = events;
        this.news = news;
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
