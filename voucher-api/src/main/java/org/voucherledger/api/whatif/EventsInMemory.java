package org.voucherledger.api.whatif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * Events that are forgotten with the question they serve: by stream, because nobody reads them in any other order, and without
 * who caused them, because nobody asks. A stream that is not here may be read from elsewhere; it is not kept.
 */
final class EventsInMemory implements EventStorageEngine {

    private final Map<String, List<DomainEvent>> streams = new HashMap<>();
    private final Function<String, List<DomainEvent>> elsewhere;

    /** @param elsewhere what a stream that has no event here has there; an empty list for none */
    EventsInMemory(Function<String, List<DomainEvent>> elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            if (!(event instanceof DomainEventMessage<?> domain)) {
                throw new IllegalArgumentException("an event without a stream: " + event);
            }
            List<DomainEvent> stream =
                    streams.computeIfAbsent(domain.getAggregateIdentifier(), id -> new ArrayList<>(2));
            if (domain.getSequenceNumber() != stream.size()) {
                throw new IllegalStateException(domain.getAggregateIdentifier() + " has " + stream.size()
                        + " events; the next one is not no. " + domain.getSequenceNumber());
            }
            stream.add((DomainEvent) domain.getPayload());
        }
    }

    /** A stream's events in order; none where it does not exist here. */
    List<DomainEvent> stream(String streamId) {
        return streams.getOrDefault(streamId, List.of());
    }

    @Override
    public DomainEventStream readEvents(String streamId, long firstSequenceNumber) {
        List<DomainEvent> here = stream(streamId);
        List<DomainEvent> events = here.isEmpty() ? elsewhere.apply(streamId) : here;
        return DomainEventStream.of(IntStream.range((int) Math.max(0, firstSequenceNumber), events.size())
                .mapToObj(number -> message(streamId, number, events.get(number))));
    }

    static DomainEventMessage<?> message(String streamId, long number, DomainEvent event) {
        String type = streamId.substring(0, streamId.indexOf(':'));
        return new GenericDomainEventMessage<>(type, streamId, number, event);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String streamId) {
        int size = stream(streamId).size();
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
