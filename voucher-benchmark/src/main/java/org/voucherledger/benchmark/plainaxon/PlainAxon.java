package org.voucherledger.benchmark.plainaxon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.AggregateCache;
import org.voucherledger.api.eventstore.AggregateRepositories;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PostgresEventStorage;
import org.voucherledger.api.eventstore.Snapshots;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.load.Callers;
import org.voucherledger.benchmark.load.Connections;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Trail;

/**
 * The same domain as Axon is used out of the box: whoever calls runs its own command in a transaction of its own, the aggregates
 * that it loads are locked until it has committed, and there are no lanes.
 *
 * <p>It gets what makes it faster and is not what is measured: the ledger's event table and storage, aggregates that stay in
 * memory, rewritten batches, a pool of connections that fits the server. It checks no roles and looks no earlier answer up.
 */
public final class PlainAxon implements AutoCloseable {

    public static final int THREADS = 32;
    private static final int CONNECTIONS = 16;

    private final BenchLedger ledger;
    private final HikariDataSource pool;
    private final LedgerEventStore events;
    private final AggregateCache cache = new AggregateCache(LedgerStore.AGGREGATES_CACHED);
    private final KeptAnswers answers;
    private final SimpleCommandBus bus;

    public PlainAxon(BenchLedger ledger) {
        this.ledger = ledger;
        var connections = new HikariConfig();
        connections.setJdbcUrl(ledger.pool().getJdbcUrl());
        connections.setUsername(ledger.pool().getUsername());
        connections.setPassword(ledger.pool().getPassword());
        connections.setMaximumPoolSize(CONNECTIONS);
        // None is kept while others have their turn: the server has only so many.
        connections.setMinimumIdle(0);
        connections.addDataSourceProperty("reWriteBatchedInserts", "true");
        this.pool = new HikariDataSource(connections);
        this.answers = new KeptAnswers(pool);
        var transactions = new SpringTransactionManager(new JdbcTransactionManager(pool));
        var storage = PostgresEventStorage.over(
                new SpringDataSourceConnectionProvider(pool),
                transactions,
                ledger.store().serializer());
        this.events = LedgerEventStore.over(storage, new Snapshots(pool));
        this.bus = SimpleCommandBus.builder().transactionManager(transactions).build();
        bus.registerHandlerInterceptor(
                new CorrelationDataInterceptor<>(new SimpleCorrelationDataProvider(Stamp.CORRELATED)));
        bus.registerHandlerInterceptor(this::keepWhatBecameOfIt);
        // The lock that Axon gives an aggregate where nothing is said.
        var repositories =
                new AggregateRepositories(Ledger.AGGREGATES, events, cache, PessimisticLockFactory.usingDefaults());
        for (Object handler : LedgerDomain.commandHandlers(new Ledger(repositories), events, Frames.NONE)) {
            new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
        }
    }

    /** Commands a second, from as many callers as there are threads, until all are done or the time is up. */
    public double rate(List<CommandRequest> requests, int seconds) {
        cache.removeAll();
        Connections.open(pool);
        try {
            return Callers.call(THREADS, requests, seconds, this::does).perSecond();
        } finally {
            Connections.giveBack(pool);
        }
    }

    /** @throws IllegalStateException if it is refused or fails: a measurement of failures would measure something else */
    public void does(CommandRequest request) {
        var answered = new AtomicReference<CommandResultMessage<?>>();
        bus.<Command, Object>dispatch(
                new Asked(request, stamp(request)).message(), (asked, result) -> answered.set(result));
        if (answered.get().isExceptional()) {
            throw new IllegalStateException(
                    "not done: " + request.command(), answered.get().exceptionResult());
        }
    }

    private Stamp stamp(CommandRequest request) {
        Instant now = ledger.clock().now();
        return new Stamp(
                request.idempotencyKey(),
                now,
                request.actor(),
                request.command().reason());
    }

    /** A command with the request that it came with. */
    private record Asked(CommandRequest request, Stamp stamp) {

        private static final String REQUEST = "request";

        CommandMessage<Command> message() {
            return new GenericCommandMessage<>(
                    request.command(), stamp.toMetaData().and(REQUEST, request));
        }

        static CommandRequest of(CommandMessage<?> message) {
            return (CommandRequest) message.getMetaData().get(REQUEST);
        }
    }

    private Object keepWhatBecameOfIt(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception { // as Axon declares it; what a handler throws goes on as it is
        Trail.begin(unitOfWork);
        Object result = chain.proceed();
        CommandMessage<?> message = unitOfWork.getMessage();
        // Registered after the events of this command, so it runs when they are in the table, and in their transaction.
        unitOfWork.onPrepareCommit(unit -> answers.keep(
                Asked.of(message), Stamp.from(message.getMetaData()).receivedAt(), result));
        return result;
    }

    @Override
    public void close() {
        events.shutDown();
        pool.close();
    }
}
