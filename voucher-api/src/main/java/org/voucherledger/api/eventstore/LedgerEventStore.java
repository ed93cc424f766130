package org.voucherledger.api.eventstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The event store as the ledger uses it: long streams are read from their {@linkplain Snapshots snapshot} on, and what has been recorded but not yet written is
 * found by its stream, whether the current unit of work recorded it or one before, whose transaction is still under way.
 *
 * <p>Axon's own look-up of unwritten events compares all of them with each other for every aggregate that is loaded, which is
 * quadratic in the events of a group; this one is not. It relies on a rule of the command pipeline: a unit of work inside a
 * group is never rolled back alone.
 */
public final class LedgerEventStore extends EmbeddedEventStore {

    private static final String UNWRITTEN = LedgerEventStore.class.getName() + ".UNWRITTEN";

    private static final String FORESEEN = LedgerEventStore.class.getName() + ".FORESEEN";

    private static final String WRITTEN_LATER = LedgerEventStore.class.getName() + ".WRITTEN_LATER";

    private static final int IDLE_SECONDS = 10;

    private final List<LedgerEventStore> readers = new CopyOnWriteArrayList<>();
    /** By stream, what was decided and is not yet known to be durable; for one thread at a time. */
    private final Map<String, List<DomainEventMessage<?>>> expected = new HashMap<>();

    private final PostgresEventStorage storage;
    private final Snapshots snapshots;
    private final ReadAhead ahead;

    private LedgerEventStore(Builder builder, PostgresEventStorage storage, Snapshots snapshots, Executor reader) {
        super(builder);
        this.storage = storage;
        this.snapshots = snapshots;
        this.ahead = new ReadAhead(this::stored, reader);
    }

    public static LedgerEventStore over(PostgresEventStorage storage, Snapshots snapshots) {
        return over(storage, snapshots, beside());
    }

    /** @param reader where streams are read ahead, one task at a time */
    static LedgerEventStore over(PostgresEventStorage storage, Snapshots snapshots, Executor reader) {
        var builder = EmbeddedEventStore.builder();
        builder.storageEngine(storage);
        return new LedgerEventStore(builder, storage, snapshots, reader);
    }

    /**
     * A thread of its own for reading ahead: unpacking is work for a processor and none for a virtual thread. It is there while there
     * is something to read, and ends by itself.
     */
    static Executor beside() {
        var reader = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("lane-reader").factory());
        reader.allowCoreThreadTimeOut(true);
        return reader;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public void shutDown() {
        super.shutDown();
        snapshots.close();
    }

    /** Whoever waits for events over there learns at once of what is committed here, and not at the next look. */
    public void wakes(LedgerEventStore reader) {
        readers.add(reader);
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        if (!isWrittenLater()) {
            told(events);
        }
    }

    /** These have become durable: whoever waits for more is woken. */
    public void told(List<? extends EventMessage<?>> events) {
        super.afterCommit(events);
        readers.forEach(reader -> reader.afterCommit(events));
    }

    /** What this unit of work records is not appended when it ends; whoever has it decided appends it. */
    public static void writeLater(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(WRITTEN_LATER, true);
    }

    private static boolean isWrittenLater() {
        return CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().root().getResource(WRITTEN_LATER) != null;
    }

    @Override
    protected void prepareCommit(List<? extends EventMessage<?>> events) {
        if (!isWrittenLater()) {
            super.prepareCommit(events);
        }
    }

    /**
     * Appends what was to be written later, in the transaction of this thread.
     *
     * @return the positions, in order
     */
    public List<Long> append(List<? extends EventMessage<?>> events) {
        return storage.append(events);
    }

    /** Makes the JSON of these events, which keep it until they are appended. */
    public void pack(List<? extends EventMessage<?>> events) {
        storage.pack(events);
    }

    /** From now on these are read behind what is stored, as if they had been written. */
    public void expect(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            if (event instanceof DomainEventMessage<?> domainEvent) {
                expected.computeIfAbsent(domainEvent.getAggregateIdentifier(), key -> new ArrayList<>())
                        .add(domainEvent);
                ahead.continued(domainEvent.getAggregateIdentifier());
            }
        }
    }

    /** Somebody else has continued this stream. */
    public void continued(String stream) {
        ahead.continued(stream);
    }

    /** These are stored now and need not be expected any more. */
    public void arrived(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            if (event instanceof DomainEventMessage<?> domainEvent) {
                expected.computeIfPresent(
                        domainEvent.getAggregateIdentifier(),
                        (stream, waiting) -> waiting.remove(domainEvent) && waiting.isEmpty() ? null : waiting);
            }
        }
    }

    /** Nothing is expected any more, and nothing that was read ahead is believed. */
    public void expectNothing() {
        expected.clear();
        ahead.forget();
    }

    /** Reads these beside the lane, so that they need not be waited for when they are {@linkplain #foresee foreseen}. */
    public void readAhead(Collection<String> streams) {
        ahead.begin(
                streams.stream().filter(stream -> !expected.containsKey(stream)).toList());
    }

    /** How many events the transaction of this thread has recorded so far. */
    public static int recordedInThisTransaction() {
        return CurrentUnitOfWork.isStarted()
                ? unwritten(CurrentUnitOfWork.get()).inOrder.size()
                : 0;
    }

    /** What the transaction of this thread has recorded so far and not yet written, in order. */
    public static List<EventMessage<?>> unwrittenInThisTransaction() {
        return CurrentUnitOfWork.isStarted() ? List.copyOf(unwritten(CurrentUnitOfWork.get()).inOrder) : List.of();
    }

    @Override
    public void publish(List<? extends EventMessage<?>> events) {
        super.publish(events);
        if (CurrentUnitOfWork.isStarted()) {
            events.forEach(unwritten(CurrentUnitOfWork.get())::add);
        }
    }

    /**
     * Reads these streams in one go; inside the unit of work of this thread they are not asked for again. What others write
     * afterwards is not seen: before anything that was decided on them is written, it must be known that nobody did.
     */
    public void foresee(Collection<String> streams) {
        var foreseen = foreseen();
        var unread = streams.stream()
                .filter(stream -> !foreseen.containsKey(stream))
                .distinct()
                .toList();
        unread.forEach(stream -> ahead.take(stream).ifPresent(events -> foreseen.put(stream, events)));
        var unknown =
                unread.stream().filter(stream -> !foreseen.containsKey(stream)).toList();
        if (!unknown.isEmpty()) {
            foreseen.putAll(stored(unknown));
        }
    }

    private Map<String, List<DomainEventMessage<?>>> stored(List<String> streams) {
        var kept = snapshots.of(streams);
        var after = new HashMap<String, Long>();
        streams.forEach(stream ->
                after.put(stream, kept.containsKey(stream) ? kept.get(stream).getSequenceNumber() : -1));
        var stored = storage.streams(after);
        kept.forEach((stream, snapshot) -> stored.get(stream).addFirst(snapshot));
        return stored;
    }

    private static Map<String, List<DomainEventMessage<?>>> foreseen() {
        return CurrentUnitOfWork.get().root().getOrComputeResource(FORESEEN, key -> new HashMap<>());
    }

    /** What an aggregate is made of: its snapshot, if there is one, and the events behind it. */
    @Override
    public DomainEventStream readEvents(String streamId) {
        List<DomainEventMessage<?>> stored =
                CurrentUnitOfWork.isStarted() ? foreseen().get(streamId) : null;
        if (stored != null) {
            return DomainEventStream.concat(
                    DomainEventStream.of(stored), DomainEventStream.of(stagedDomainEventMessages(streamId)));
        }
        DomainEventMessage<?> snapshot = snapshots.of(List.of(streamId)).get(streamId);
        return snapshot == null
                ? readEvents(streamId, 0)
                : DomainEventStream.concat(
                        DomainEventStream.of(snapshot), readEvents(streamId, snapshot.getSequenceNumber() + 1));
    }

    /** What is expected may have been written meanwhile; a stream passes over what does not come after what it has told. */
    @Override
    protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String streamId) {
        if (!CurrentUnitOfWork.isStarted()) {
            return Stream.empty();
        }
        var unwritten = unwritten(CurrentUnitOfWork.get()).byStream.getOrDefault(streamId, List.of());
        var waiting = isWrittenLater() ? expected.getOrDefault(streamId, List.of()) : List.<DomainEventMessage<?>>of();
        return waiting.isEmpty()
                ? unwritten.stream()
                : Stream.concat(List.copyOf(waiting).stream(), unwritten.stream());
    }

    private static Unwritten unwritten(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(UNWRITTEN, key -> new Unwritten());
    }

    /** The events of one transaction before they are in the table. */
    private static final class Unwritten {
        private final Map<String, List<DomainEventMessage<?>>> byStream = new HashMap<>();
        private final List<EventMessage<?>> inOrder = new ArrayList<>();

        void add(EventMessage<?> event) {
            inOrder.add(event);
            if (event instanceof DomainEventMessage<?> domainEvent) {
                byStream.computeIfAbsent(domainEvent.getAggregateIdentifier(), key -> new ArrayList<>())
                        .add(domainEvent);
            }
        }
    }
}
