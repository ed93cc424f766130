package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the projections: one processor each into the copy that serves, and while one is rebuilt a second into the other.
 *
 * <p>A rebuild makes the idle copy anew, tells it the whole log, and when it has caught up switches the SQL views and the
 * serving mark in one transaction; the old copy serves meanwhile, and a reader never sees the position fall.
 */
public final class Projections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);

    /** How far behind the serving copy a rebuilt one may be when the old one is halted for the switch. */
    private static final long NEARLY = 2_000;

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration BRIEFLY = Duration.ofMinutes(1);
    /** After how many failures in a row a rebuild is given up. */
    private static final int TRIES = 3;

    private static final int BATCH_SIZE = 1_000;
    private static final int WORKERS = 3;

    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final WatchedLog events;
    private final JdbcTemplate jdbc;
    private final Slots slots;
    private final TransactionTemplate transaction;
    private final TransactionManager axonTransactions;
    private final TokenStore tokens;
    private final ProjectionPositions positions;
    private final Map<Slot, PooledStreamingEventProcessor> running = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private final Set<String> rebuilding = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService coordinators;
    private final ScheduledExecutorService workers;
    private final Executor rebuilders;
    private volatile boolean closed;

    /**
     * @param dataSource of the database that holds the views; the transactions are those of {@code transactions}
     * @param events the log, whose token positions are the positions of the ledger
     * @param tokenSerializer writes Axon's tokens
     */
    public Projections(
            List<? extends Projection> projections,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            Serializer tokenSerializer) {
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
        this.events = new WatchedLog(events);
        this.jdbc = new JdbcTemplate(dataSource);
        this.slots = new Slots(jdbc, tokenSerializer);
        this.transaction = new TransactionTemplate(transactions);
        this.axonTransactions = new SpringTransactionManager(transactions);
        this.tokens = tokenStore(dataSource, tokenSerializer);
        this.positions = new ProjectionPositions(jdbc, slots, events);
        this.coordinators = Executors.newScheduledThreadPool(1, named("projection-coordinator"));
        this.workers = Executors.newScheduledThreadPool(WORKERS, named("projection-worker"));
        this.rebuilders = Executors.newCachedThreadPool(named("projection-rebuild"));
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("projection", "view")
                .defaultSchema("projection")
                .locations("classpath:db/projection")
                .load()
                .migrate();
    }

    private static TokenStore tokenStore(DataSource dataSource, Serializer serializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(
                        new SpringDataSourceConnectionProvider(dataSource)))
                .serializer(serializer)
                .contentType(byte[].class)
                .claimTimeout(Duration.ofSeconds(6))
                .schema(TokenSchema.builder()
                        .setTokenTable("projection.token")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build())
                .build();
    }

    private static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix + "-", 0).factory();
    }

    public Set<String> names() {
        return projections.keySet();
    }

    public ProjectionPositions positions() {
        return positions;
    }

    /** Makes what is missing and starts every projection where it stopped; one whose SQL has changed is rebuilt. */
    public void start() {
        events.start();
        for (Projection projection : projections.values()) {
            Definition definition = Definition.of(projection);
            Slot serving = transaction.execute(status -> slots.serving(projection.name())
                    .orElseGet(() -> {
                        Slot first = new Slot(projection.name(), Slot.FIRST);
                        slots.make(first, definition);
                        slots.serve(first, definition);
                        return first;
                    }));
            run(projection, serving);
            if (!slots.isMadeFrom(serving, definition)) {
                rebuild(projection.name());
            }
        }
    }

    /**
     * Rebuilds a projection from zero while the old copy serves; completes when the new one does.
     *
     * @throws IllegalArgumentException if there is no such projection
     * @throws IllegalStateException if it is being rebuilt already
     */
    public CompletableFuture<Void> rebuild(String name) {
        Projection projection = projections.get(name);
        if (projection == null) {
            throw new IllegalArgumentException("no projection " + name);
        }
        if (!rebuilding.add(name)) {
            throw new IllegalStateException(name + " is being rebuilt already");
        }
        return CompletableFuture.runAsync(() -> rebuildBeside(projection), rebuilders)
                .whenComplete((done, failure) -> {
                    rebuilding.remove(name);
                    if (failure != null) {
                        LOG.error("Rebuilding {} failed; the old copy goes on serving", name, failure);
                    }
                });
    }

    public boolean isRebuilding(String name) {
        return rebuilding.contains(name);
    }

    /** What keeps the serving copy from being told more, while something does. */
    public Optional<String> fault(String name) {
        return slots.serving(name).flatMap(faults::of);
    }

    private void rebuildBeside(Projection projection) {
        Definition definition = Definition.of(projection);
        Slot old = slots.serving(projection.name()).orElseThrow();
        Slot fresh = old.other();
        stop(fresh);
        transaction.executeWithoutResult(status -> slots.make(fresh, definition));
        // What the copy failed at before it was made anew is not held against it.
        faults.succeeded(fresh);
        run(projection, fresh);
        try {
            awaitUntil(
                    fresh,
                    () -> slots.progress(fresh).position()
                            >= slots.progress(old).position() - NEARLY,
                    LONG);
            // Under a steady load two copies may chase each other for ever, so the old one is halted for the last step.
            stop(old);
            awaitUntil(
                    fresh,
                    () -> slots.progress(fresh).position()
                            >= slots.progress(old).position(),
                    BRIEFLY);
            transaction.executeWithoutResult(status -> slots.serve(fresh, definition));
        } catch (RuntimeException e) {
            stop(fresh);
            if (!closed) {
                run(projection, old);
            }
            throw e;
        }
        transaction.executeWithoutResult(status -> slots.drop(old));
    }

    private void awaitUntil(Slot fresh, BooleanSupplier condition, Duration atMost) {
        boolean reached =
                positions.awaitUntil(() -> closed || faults.inARow(fresh) >= TRIES || condition.getAsBoolean(), atMost);
        if (closed) {
            throw new IllegalStateException("shutting down");
        }
        if (faults.inARow(fresh) >= TRIES) {
            throw new IllegalStateException(faults.of(fresh).orElse("") + ", " + TRIES + " times in a row");
        }
        if (!reached) {
            throw new IllegalStateException("not caught up within " + atMost);
        }
    }

    private void run(Projection projection, Slot slot) {
        running.computeIfAbsent(slot, key -> {
            var processor = PooledStreamingEventProcessor.builder()
                    .name(slot.schema())
                    .eventHandlerInvoker(
                            new Teller(projection, slot, slots, new Tables(jdbc, slot), positions::told, faults))
                    .messageSource(events)
                    .tokenStore(tokens)
                    .transactionManager(axonTransactions)
                    .coordinatorExecutor(coordinators)
                    .workerExecutor(workers)
                    .initialSegmentCount(1)
                    .initialToken(StreamableMessageSource::createTailToken)
                    .batchSize(BATCH_SIZE)
                    .tokenClaimInterval(1_000)
                    .claimExtensionThreshold(2_000)
                    .build();
            processor.start();
            return processor;
        });
    }

    private void stop(Slot slot) {
        var processor = running.remove(slot);
        if (processor != null) {
            processor.shutDown();
        }
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture.allOf(running.values().stream()
                        .map(PooledStreamingEventProcessor::shutdownAsync)
                        .toArray(CompletableFuture[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        running.clear();
        events.close();
        coordinators.shutdownNow();
        workers.shutdownNow();
    }
}
