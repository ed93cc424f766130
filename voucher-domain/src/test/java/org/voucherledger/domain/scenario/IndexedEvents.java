package org.voucherledger.domain.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/**
 * An event store in memory that finds a stream without reading all the others. The engine it extends looks through every
 * event for each aggregate that is loaded, which makes thousands of steps quadratic.
 */
final class IndexedEvents extends InMemoryEventStorageEngine {

    private final Map<String, List<DomainEventMessage<?>>> streams = new HashMap<>();
    private final List<String> read = new ArrayList<>();
    private TrackingToken indexed;

    /** Forgets what has been read so far. */
    void forget() {
        read.clear();
    }

    /** The streams that have been read since, each as often as it was. */
    List<String> read() {
        return List.copyOf(read);
    }

    @Override
    public DomainEventStream readEvents(String streamId, long firstSequenceNumber) {
        indexWhatIsNew();
        read.add(streamId);
        List<DomainEventMessage<?>> stream = streams.getOrDefault(streamId, List.of());
        return DomainEventStream.of(stream.stream().filter(e -> e.getSequenceNumber() >= firstSequenceNumber));
    }

    private synchronized void indexWhatIsNew() {
        try (var fresh = readEvents(indexed, false)) {
            fresh.forEach(event -> {
                indexed = event.trackingToken();
                if (event instanceof DomainEventMessage<?> domainEvent) {
                    streams.computeIfAbsent(domainEvent.getAggregateIdentifier(), id -> new ArrayList<>())
                            .add(domainEvent);
                }
            });
        }
    }
}
