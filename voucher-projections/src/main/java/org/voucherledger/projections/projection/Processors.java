package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;

/**
 * The copies that this instance of the ledger tells: one processor each. Where several instances tell the same copy, Axon's
 * claim of the token lets one of them do it at a time, and the next go on when that one stops.
 */
final class Processors implements AutoCloseable {

    static final int BATCH_SIZE = 1_000;
    private static final int WORKERS = 3;

    private final WatchedLog events;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final BiFunction<Projection, Slot, EventHandlerInvoker> tellers;
    private final Map<Slot, PooledStreamingEventProcessor> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService coordinators =
            Executors.newScheduledThreadPool(1, named("projection-coordinator"));
    private final ScheduledExecutorService workers =
            Executors.newScheduledThreadPool(WORKERS, named("projection-worker"));

    private volatile boolean closed;

    /** @param tellers make what a processor hands its events to */
    Processors(
            WatchedLog events,
            DataSource dataSource,
            Serializer tokenSerializer,
            TransactionManager transactions,
            BiFunction<Projection, Slot, EventHandlerInvoker> tellers) {
        this.events = events;
        this.tokens = tokenStore(dataSource, tokenSerializer);
        this.transactions = transactions;
        this.tellers = tellers;
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

    static ThreadFactory named(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix + "-", 0).factory();
    }

    /** Does nothing if the copy is told here already, or the program is stopping. */
    void run(Projection projection, Slot slot) {
        if (closed) {
            return;
        }
        running.computeIfAbsent(slot, key -> {
            var processor = PooledStreamingEventProcessor.builder()
                    .name(slot.schema())
                    .eventHandlerInvoker(tellers.apply(projection, slot))
                    .messageSource(events)
                    .tokenStore(tokens)
                    .transactionManager(transactions)
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

    void stop(Slot slot) {
        var processor = running.remove(slot);
        if (processor != null) {
            processor.shutDown();
        }
    }

    /** What is told here. */
    Set<Slot> slots() {
        return Set.copyOf(running.keySet());
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
        coordinators.shutdownNow();
        workers.shutdownNow();
    }
}
