package org.voucherledger.api.whatif;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.voucherledger.api.eventstore.AggregateCache;
import org.voucherledger.api.eventstore.AggregateRepositories;
import org.voucherledger.api.pipeline.UnknownWorkingDays;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.time.WorkingDays;

/**
 * The whole domain, as the ledger runs it, over events that nobody keeps: for questions that must be decided by the rules
 * themselves and leave nothing behind. For one thread.
 */
public final class LedgerInMemory implements AutoCloseable {

    private static final int AGGREGATES_CACHED = 20_000;

    private final EventsInMemory engine;
    private final EmbeddedEventStore events;
    private final AggregateCache cache = new AggregateCache(AGGREGATES_CACHED);
    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final Ledger ledger;
    private final Set<String> readElsewhere = new HashSet<>();
    private long commands;

    public LedgerInMemory() {
        this(stream -> List.of());
    }

    /**
     * One that sees, besides what is done in it, streams that are kept elsewhere and only read here.
     *
     * @param elsewhere the events of a stream that has none here, as of the moment that is told; none for a stream that is
     *     written here
     */
    LedgerInMemory(Function<String, List<DomainEvent>> elsewhere) {
        engine = new EventsInMemory(stream -> {
            List<DomainEvent> found = elsewhere.apply(stream);
            if (!found.isEmpty()) {
                readElsewhere.add(stream);
            }
            return found;
        });
        events = EmbeddedEventStore.builder().storageEngine(engine).build();
        ledger = new Ledger(new AggregateRepositories(Ledger.AGGREGATES, events, cache));
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(
                new CorrelationDataProvider[] {new SimpleCorrelationDataProvider(Stamp.CORRELATED)}));
        LedgerDomain.commandHandlers(ledger, events, Frames.NONE).forEach(this::subscribe);
    }

    private <T> void subscribe(T handler) {
        new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    }

    /** Adds a fact that was decided elsewhere; it is accepted as it is. */
    public void happened(DomainEvent event) {
        long next = engine.stream(event.streamId()).size();
        engine.appendEvents(List.of(EventsInMemory.message(event.streamId(), next, event)));
        // What was loaded before does not know it.
        cache.remove(event.streamId());
    }

    /** Time has gone on elsewhere: what was read there is read again when it is needed. */
    void lookElsewhereAgain() {
        readElsewhere.forEach(cache::remove);
        readElsewhere.clear();
    }

    /**
     * Puts a command to the domain.
     *
     * @return the rule that said no, or {@code null} if it was done
     * @throws RuntimeException a fault
     */
    public Decision refusalOf(Command command, Actor actor, Instant receivedAt) {
        var stamp = new Stamp("what-if-" + ++commands, receivedAt, actor, "");
        var answered = new AtomicReference<CommandResultMessage<?>>();
        bus.<Command, Object>dispatch(
                new GenericCommandMessage<>(command, stamp.toMetaData()), (asked, result) -> answered.set(result));
        if (!answered.get().isExceptional()) {
            return null;
        }
        return switch (answered.get().exceptionResult()) {
            case Refused refused -> refused.decision();
            case WorkingDays.UnknownYear unknown -> UnknownWorkingDays.refusal(unknown);
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            case Throwable fault -> throw new IllegalStateException(fault);
        };
    }

    /** The same, where a refusal is the answer to the whole question. */
    public void insist(Command command, Actor actor, Instant receivedAt) {
        Decision refusal = refusalOf(command, actor, receivedAt);
        if (refusal != null) {
            throw new Refused(refusal);
        }
    }

    /** A stream's events in order; none where it does not exist. */
    public List<DomainEvent> stream(String streamId) {
        return Collections.unmodifiableList(engine.stream(streamId));
    }

    /** Where a batch stands, {@code null} where there is none. */
    BatchPhase phaseOf(String batchId) {
        var look = DefaultUnitOfWork.startAndGet(null);
        try {
            return ledger.batch(batchId).now().phase();
        } finally {
            look.rollback();
        }
    }

    @Override
    public void close() {
        events.shutDown();
    }
}
