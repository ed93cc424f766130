package org.voucherledger.api.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.ledger.Ledger;
import tools.jackson.databind.json.JsonMapper;

/** A pipeline on a database of its own, with the {@link TestCommand}s. */
final class TestLedger implements AutoCloseable {

    static final Actor OPERATOR = Actor.of("op-1", Role.OPERATOR);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    final HikariDataSource pool;
    final JdbcTemplate sql;
    final LedgerStore store;
    final GroupCommitPipeline pipeline;
    /** With which statuses the process would have ended. */
    final List<Integer> halts = new CopyOnWriteArrayList<>();

    /** Called before a group is decided, with its commands. */
    volatile Consumer<Collection<CommandRequest>> deciding = requests -> {};
    /** Called in the transaction of a group that holds the lane's lock, before its answers are written. */
    volatile Runnable writing = () -> {};
    /** How many transactions were begun for groups, and how many of them were committed. */
    final AtomicInteger begun = new AtomicInteger();

    final AtomicInteger committed = new AtomicInteger();

    final Desk desk;

    private TestLedger(HikariDataSource pool, LedgerClock clock, int capacity) {
        this.pool = pool;
        this.sql = new JdbcTemplate(pool);
        // What is read ahead is there at once, so that a test knows that it is.
        this.store = LedgerStore.over(pool, Ledger.AGGREGATES, Runnable::run);
        var json = new AnswerJson(JsonMapper.builder().build());
        var answers = new CommandAnswers(sql, json) {
            @Override
            void keep(List<Entry> entries) {
                writing.run();
                super.keep(entries);
            }
        };
        NamedDocuments watched = (requests, connection) -> {
            deciding.accept(requests);
            return NamedDocuments.UNASKED.among(requests, connection);
        };
        this.desk = new Desk(
                store, sql, answers, new CommandExecution(handlers(store)), watched, new RecordingClock(clock));
        var group = new CommandGroup(0, store, sql, answers, json, desk) {
            @Override
            List<Answer> run(List<Received> commands, Decided ahead) {
                begun.incrementAndGet();
                List<Answer> given = super.run(commands, ahead);
                committed.incrementAndGet();
                return given;
            }
        };
        this.pipeline = new GroupCommitPipeline(
                new Intake(clock, capacity, CommandGroup.lastReceived(sql, 0)),
                desk,
                group,
                Duration.ofSeconds(30),
                halts::add);
    }

    static TestLedger fresh() {
        return new TestLedger(TestPostgres.emptyLedger(), new SystemClock(), 10_000);
    }

    static TestLedger fresh(LedgerClock clock, int capacity) {
        return new TestLedger(TestPostgres.emptyLedger(), clock, capacity);
    }

    /** Another instance on the same database. */
    TestLedger another() {
        return another(new SystemClock());
    }

    TestLedger another(LedgerClock clock) {
        return new TestLedger(TestPostgres.pool(), clock, 10_000);
    }

    static List<Object> handlers(LedgerStore store) {
        var ledger = new Ledger(store.repositories());
        var handlers = new ArrayList<Object>(LedgerDomain.commandHandlers(ledger, store.events(), Frames.NONE));
        handlers.add(new TestCommand.Handlers(ledger));
        return handlers;
    }

    static CommandRequest request(String key, Command command) {
        return new CommandRequest(OPERATOR, key, command.toString(), command);
    }

    CompletableFuture<Answer> submit(String key, Command command) {
        return pipeline.submit(request(key, command));
    }

    Answer ask(String key, Command command) {
        return await(submit(key, command));
    }

    static Answer await(CompletableFuture<Answer> promise) {
        try {
            return promise.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /**
     * Runs commands together in one group: the lane is held while they queue up behind a command of no consequence.
     *
     * @return their promises, in order
     */
    List<CompletableFuture<Answer>> inOneGroup(CommandRequest... requests) {
        var plugged = whileTheLaneIsHeld(() -> {
            var plug = submit("plug-" + System.nanoTime(), new TestCommand.Look("plug"));
            awaitWaiting(1);
            var promises =
                    Stream.of(requests).map(request -> pipeline.submit(request)).toList();
            return new Plugged(plug, promises);
        });
        await(plugged.plug());
        return plugged.promises();
    }

    private record Plugged(CompletableFuture<Answer> plug, List<CompletableFuture<Answer>> promises) {}

    /** Somebody else holds the lane's lock as long as this takes. */
    <T> T whileTheLaneIsHeld(Supplier<T> task) {
        try (Connection holder = pool.getConnection();
                var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + CommandGroup.LANE_LOCKS + ", 0)");
            try {
                return task.get();
            } finally {
                statement.execute("select pg_advisory_unlock_all()");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until so many transactions wait for the lane's lock. */
    void awaitWaiting(int transactions) {
        awaitTrue(() -> number("select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                        + " where d.datname = current_database() and locktype = 'advisory' and not granted")
                == transactions);
    }

    static void awaitTrue(BooleanSupplier condition) {
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited in vain");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    long events() {
        return number("select count(*) from ledger.domain_event");
    }

    long number(String query, Object... arguments) {
        Long number = sql.queryForObject(query, Long.class, arguments);
        return number == null ? 0 : number;
    }

    @Override
    public void close() {
        pipeline.close();
        store.events().shutDown();
        pool.close();
    }
}
