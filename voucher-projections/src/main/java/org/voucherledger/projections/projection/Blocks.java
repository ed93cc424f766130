package org.voucherledger.projections.projection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * The log in blocks. Copies that have come to the same place are given the same block, so that an event is read and understood
 * once however many views are told of it.
 */
final class Blocks {

    static final int SIZE = 1_000;

    /** Those read last: as many as a turn takes, twice, so that copies which keep together find each other's. */
    private static final int KEPT = 2 * Teller.MOST_BLOCKS;

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final Serializer log;
    private final Map<Object, FutureTask<Block>> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, FutureTask<Block>> eldest) {
            return size() > KEPT;
        }
    };

    /** @param log the serializer of the log */
    Blocks(StreamableMessageSource<TrackedEventMessage<?>> events, Serializer log) {
        this.events = events;
        this.log = log;
    }

    /** What stands in the log behind what has been told; empty at its end. One reads, and whoever asks meanwhile waits for it. */
    Block after(Progress told) {
        Object place = told.place();
        var mine = new FutureTask<>(() -> read(told));
        FutureTask<Block> task;
        synchronized (read) {
            task = read.computeIfAbsent(place, key -> mine);
        }
        if (task == mine) {
            mine.run();
        }
        try {
            Block block = task.get();
            if (block.isEmpty()) {
                forget(place, task);
            }
            return block;
        } catch (ExecutionException e) {
            forget(place, task);
            throw new IllegalStateException("the log cannot be read behind " + told.position(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the log", e);
        }
    }

    /** When nobody has anything to be told, what was told last need not be kept. */
    void forget() {
        synchronized (read) {
            read.clear();
        }
    }

    private void forget(Object place, FutureTask<Block> task) {
        synchronized (read) {
            read.remove(place, task);
        }
    }

    private Block read(Progress told) throws InterruptedException {
        var ours = new ArrayList<Told>(SIZE);
        Progress end = told;
        TrackedEventMessage<?> first = null;
        TrackedEventMessage<?> last = null;
        int count = 0;
        try (var stream = events.openStream(told.token() == null ? events.createTailToken() : told.token())) {
            while (count < SIZE && stream.hasNextAvailable()) {
                last = stream.nextAvailable();
                first = first == null ? last : first;
                long position = end.positionOf(last.trackingToken());
                if (last.getPayload() instanceof DomainEvent event) {
                    ours.add(new Told(position, last, event, log));
                }
                end = end.through(last.trackingToken());
                count++;
            }
        }
        return count == 0
                ? new Block(ours, told, false, null)
                : new Block(ours, end.asOf(Told.timeOf(last)), count == SIZE, first.getTimestamp());
    }
}
