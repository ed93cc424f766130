package org.voucherledger.projections.projection;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.voucherledger.domain.aggregate.DomainEvent;

/** The raw events, read from the first one on without any view in between. */
public final class EventLog {

    private static final int SECONDS_TO_WAIT = 10;

    private interface Reader {
        void read(long position, TrackedEventMessage<?> message);
    }

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Serializer serializer;

    /** @param serializer of the log */
    public EventLog(StreamableMessageSource<TrackedEventMessage<?>> events, Serializer serializer) {
        this.events = events;
        this.serializer = serializer;
    }

    /**
     * Replays exactly what a copy of a view has been told, in the order of the log.
     *
     * @return how many events that were
     */
    public long replay(Progress upTo, Consumer<Told> each) {
        return replay(Progress.NONE, upTo, each);
    }

    /** Replays what a copy has been told since. */
    long replay(Progress after, Progress upTo, Consumer<Told> each) {
        return read(after, upTo, (position, message) -> {
            if (message.getPayload() instanceof DomainEvent event) {
                each.accept(new Told(position, message, event, serializer));
            }
        });
    }

    /** How many events a copy of a view has been told. */
    public long count(Progress upTo) {
        return read(Progress.NONE, upTo, (position, message) -> {});
    }

    private long read(Progress after, Progress upTo, Reader each) {
        long count = 0;
        if (upTo.token() == null) {
            return count;
        }
        Progress read = after;
        try (var stream = events.openStream(after.token() == null ? events.createTailToken() : after.token())) {
            // What was committed late stands before what follows the last position, and is there if anybody has been
            // told of it.
            while (read.position() < upTo.position()
                    || !read.token().covers(upTo.token()) && stream.hasNextAvailable()) {
                // Whoever was told of a position read it in this log, so it is there.
                if (!stream.hasNextAvailable(SECONDS_TO_WAIT, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the log ends before " + upTo.position());
                }
                TrackedEventMessage<?> message = stream.nextAvailable();
                long position = read.positionOf(message.trackingToken());
                read = read.through(message.trackingToken());
                if (upTo.hasReached(position)) {
                    each.read(position, message);
                    count++;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the log", e);
        }
        return count;
    }
}
