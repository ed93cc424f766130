package org.voucherledger.domain.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Trail;

/**
 * The whole domain on an event store in memory: every aggregate, every handler, one unit of work a command. It has no words
 * of the business; {@link City} has.
 */
public final class TestLedger implements AutoCloseable {

    private final IndexedEvents engine = new IndexedEvents();
    private final Configuration configuration;
    private final CommandBus bus;
    private final Ledger ledger;
    private final List<TrackedEventMessage<?>> events = new ArrayList<>();
    private final List<String> foreseen = new ArrayList<>();
    private TrackingToken read;
    private int commands;

    public TestLedger() {
        this((ledger, handlers) -> handlers);
    }

    /** Replaces or adds handlers, so that a test can plant a bug; of two that take the same command the later one counts. */
    public TestLedger(BiFunction<Ledger, List<Object>, List<Object>> handlers) {
        configuration = configured(engine);
        configuration.start();
        ledger = new Ledger(repositories(), foreseen::addAll);
        bus = SimpleCommandBus.builder()
                .duplicateCommandHandlerResolver((name, registered, candidate) -> candidate)
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
        bus.registerHandlerInterceptor((unitOfWork, chain) -> {
            Trail.begin(unitOfWork);
            return chain.proceed();
        });
        for (Object handler :
                handlers.apply(ledger, LedgerDomain.commandHandlers(ledger, configuration.eventStore(), frames()))) {
            new AnnotationCommandHandlerAdapter<>(handler, configuration.parameterResolverFactory()).subscribe(bus);
        }
    }

    private static Configuration configured(EventStorageEngine engine) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(c -> engine)
                .configureCorrelationDataProviders(c -> List.of(new SimpleCorrelationDataProvider(Stamp.CORRELATED)));
        for (Class<?> aggregate : Ledger.AGGREGATES) {
            configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(aggregate));
        }
        return configurer.buildConfiguration();
    }

    /** The past of all vouchers, as the log itself tells it. */
    public Frames frames() {
        return new FramesOfEvents(this::events);
    }

    private RepositoryProvider repositories() {
        return new RepositoryProvider() {
            @Override
            public <T> Repository<T> repositoryFor(Class<T> type) {
                return configuration.repository(type);
            }
        };
    }

    /** Sends a command and says what became of it; a fault, as against a refusal, is thrown. */
    public Outcome send(Command command, Actor actor, Instant receivedAt) {
        int before = events().size();
        engine.forget();
        foreseen.clear();
        var stamp = new Stamp("test-" + ++commands, receivedAt, actor, command.reason());
        var answer = new AtomicReference<CommandResultMessage<?>>();
        bus.dispatch(new GenericCommandMessage<>(command, stamp.toMetaData()), (message, result) -> answer.set(result));
        List<DomainEvent> recorded = events().subList(before, events.size()).stream()
                .map(event -> (DomainEvent) event.getPayload())
                .toList();
        CommandResultMessage<?> result = answer.get();
        if (!result.isExceptional()) {
            return new Outcome(command, result.getPayload(), null, recorded);
        }
        if (result.exceptionResult() instanceof Refused refused) {
            return new Outcome(command, null, refused.decision(), recorded);
        }
        throw new AssertionError("a fault, not a refusal: " + command, result.exceptionResult());
    }

    /** The streams that the last command read, each as often as it did. */
    public List<String> streamsRead() {
        return engine.read();
    }

    /** The streams that the last command said it was going to read. */
    public List<String> streamsForeseen() {
        return List.copyOf(foreseen);
    }

    /** Every event there is, in order. */
    public List<TrackedEventMessage<?>> events() {
        try (var fresh = engine.readEvents(read, false)) {
            fresh.forEach(event -> {
                events.add(event);
                read = event.trackingToken();
            });
        }
        return events;
    }

    /** Looks at the aggregates as a handler would; whatever is recorded meanwhile is undone. */
    public <T> T look(Function<Ledger, T> at) {
        var unitOfWork = DefaultUnitOfWork.startAndGet(null);
        try {
            return at.apply(ledger);
        } finally {
            unitOfWork.rollback();
        }
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
