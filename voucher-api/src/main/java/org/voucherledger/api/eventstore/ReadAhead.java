package org.voucherledger.api.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that are read, and their events unpacked, beside the lane, before the commands that name them are decided.
 *
 * <p>Invariant: a stream that has been continued since its reading began is not told. Whoever continues one, or learns that
 * somebody else has, says so: {@link #continued}. Streams whose end is still being written must not be asked for.
 */
final class ReadAhead {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    /** Streams that are read in one go; what else waits is read when its turn comes. */
    static final int AT_ONCE = 1_024;

    /** What nobody came for; beyond this all of it is let go. */
    private static final int KEPT_AT_MOST = 4 * AT_ONCE;

    private final Function<List<String>, Map<String, List<DomainEventMessage<?>>>> reading;
    private final Executor reader;
    private final Map<String, List<DomainEventMessage<?>>> read = new HashMap<>();
    /** Continued while they were being read; {@code null} when nothing is being read. */
    private Set<String> overtaken;

    /** @param reader runs one task at a time */
    ReadAhead(Function<List<String>, Map<String, List<DomainEventMessage<?>>>> reading, Executor reader) {
        this.reading = reading;
        this.reader = reader;
    }

    /** Begins to read what of these is not there yet, unless a reading is under way. A hint: what fails is read again by whoever needs it. */
    synchronized void begin(Collection<String> streams) {
        if (overtaken != null) {
            return;
        }
        var unread = streams.stream()
                .filter(stream -> !read.containsKey(stream))
                .distinct()
                .limit(AT_ONCE)
                .toList();
        if (!unread.isEmpty()) {
            var during = new HashSet<String>();
            overtaken = during;
            reader.execute(() -> read(unread, during));
        }
    }

    private void read(List<String> streams, Set<String> during) {
        Map<String, List<DomainEventMessage<?>>> unpacked = Map.of();
        try {
            var found = reading.apply(streams);
            found.values().forEach(events -> events.forEach(DomainEventMessage::getPayload));
            unpacked = found;
        } catch (RuntimeException missed) {
            LOG.warn("{} streams were not read ahead: {}", streams.size(), missed.toString());
        } finally {
            keep(unpacked, during);
        }
    }

    private synchronized void keep(Map<String, List<DomainEventMessage<?>>> found, Set<String> during) {
        if (overtaken != during) {
            return;
        }
        overtaken = null;
        if (read.size() + found.size() > KEPT_AT_MOST) {
            read.clear();
        }
        found.forEach((stream, events) -> {
            if (!during.contains(stream)) {
                read.put(stream, events);
            }
        });
    }

    /** The stream as it is stored, once; empty if it has not been read, or has been continued since. */
    synchronized Optional<List<DomainEventMessage<?>>> take(String stream) {
        return Optional.ofNullable(read.remove(stream));
    }

    /** What was read of this stream is not all of it any more. */
    synchronized void continued(String stream) {
        read.remove(stream);
        if (overtaken != null) {
            overtaken.add(stream);
        }
    }

    /** Nothing that was read, or is being read, is to be believed. */
    synchronized void forget() {
        read.clear();
        overtaken = null;
    }
}
