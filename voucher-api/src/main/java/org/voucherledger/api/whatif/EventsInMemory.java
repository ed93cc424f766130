package org.voucherledger.api.whatif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Events that are forgotten with the question they serve: by stream, because nobody reads them in any other order. */
final class EventsInMemory implements EventStorageEngine {

    private final Map<String, List<DomainEventMessage<?>>> streams = new HashMap<>();

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            if (!(event instanceof DomainEventMessage<?> domain)) {
                throw new IllegalArgumentException("an event without a stream: " + event);
            }
            List<DomainEventMessage<?>> stream =
                    streams.computeIfAbsent(domain.getAggregateIdentifier(), id -> new ArrayList<>());
            if (domain.getSequenceNumber() != stream.size()) {
                throw new IllegalStateException(domain.getAggregateIdentifier() + " has " + stream.size()
                        + " events; the next one is not no. " + domain.getSequenceNumber());
            }
            stream.add(domain);
        }
    }

    @Override
    public DomainEventStream readEvents(String streamId, long firstSequenceNumber) {
        return DomainEventStream.of(streams.getOrDefault(streamId, List.of()).stream()
                .filter(event -> event.getSequenceNumber() >= firstSequenceNumber));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String streamId) {
        int size = streams.getOrDefault(streamId, List.of()).size();
        return size == 0 ? Optional.empty() : Optional.of(size - 1L);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken after, boolean mayBlock) {
        throw new UnsupportedOperationException("nobody follows these events");
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("there are no snapshots here");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String streamId) {
        return Optional.empty();
    }
}
