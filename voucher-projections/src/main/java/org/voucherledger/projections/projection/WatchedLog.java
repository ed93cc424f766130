package org.voucherledger.projections.projection;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that tells its readers when there is something new.
 *
 * <p>Axon's embedded event store does not, so a processor over it looks only twice a second and a view is that much late.
 * Here one thread waits at the end of the log for all of them.
 */
final class WatchedLog implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedLog.class);
    private static final int SECONDS_BEFORE_TRYING_AGAIN = 1;

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Set<Runnable> readers = ConcurrentHashMap.newKeySet();
    private final Thread watcher =
            Thread.ofPlatform().daemon().name("projection-watcher").unstarted(this::watch);

    WatchedLog(StreamableMessageSource<TrackedEventMessage<?>> events) {
        this.events = events;
    }

    void start() {
        watcher.start();
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var stream = events.openStream(events.createHeadToken())) {
                while (true) {
                    stream.nextAvailable();
                    while (stream.hasNextAvailable()) {
                        stream.nextAvailable();
                    }
                    readers.forEach(Runnable::run);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // The readers look by themselves meanwhile, only later; their own faults are reported by them.
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
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
        return new Watched(events.openStream(token));
    }

    @Override
    public TrackingToken createTailToken() {
        return events.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return events.createHeadToken();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private final class Watched implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private Runnable reader;

        Watched(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            reader = callback;
            readers.add(callback);
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            if (reader != null) {
                readers.remove(reader);
            }
            stream.close();
        }
    }
}
