package org.voucherledger.api.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.ledger.Ledger;

/** A pipeline on a database of its own, with the {@link TestCommand}s. */
final class TestLedger implements AutoCloseable {

    static final Actor OPERATOR = Actor.of("op-1", Role.OPERATOR);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    final HikariDataSource pool;
    final JdbcTemplate sql;
    final LedgerStore store;
    final GroupCommitPipeline pipeline;

    private TestLedger(HikariDataSource pool, LedgerClock clock, int capacity) {
        this.pool = pool;
        this.sql = new JdbcTemplate(pool);
        this.store = LedgerStore.over(pool, new JdbcTransactionManager(pool), Ledger.AGGREGATES);
        this.pipeline = GroupCommitPipeline.over(store, sql, handlers(store), clock, capacity);
    }

    static TestLedger fresh() {
        return new TestLedger(TestPostgres.freshLedger(), new SystemClock(), 10_000);
    }

    static TestLedger fresh(LedgerClock clock, int capacity) {
        return new TestLedger(TestPostgres.freshLedger(), clock, capacity);
    }

    /** Another instance on the same database. */
    TestLedger another() {
        return new TestLedger(
                TestPostgres.pool(sql.queryForObject("select current_database()", String.class)),
                new SystemClock(),
                10_000);
    }

    static List<Object> handlers(LedgerStore store) {
        return List.of(new TestCommand.Handlers(new Ledger(store.repositories())));
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
