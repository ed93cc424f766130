package org.voucherledger.api.sweep;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.pipeline.GroupCommitPipeline;
import org.voucherledger.api.pipeline.NamedDocuments;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.api.sweep.Sweep.Swept;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.projections.AllProjections;
import org.voucherledger.projections.projection.Projections;

/** A city's season so far, brought into a real ledger with its views, where it is swept by a clock that the test sets. */
final class SweptCity implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final City city;
    private final HikariDataSource pool = empty();
    private final JdbcTemplate sql = new JdbcTemplate(pool);
    private final LedgerStore store = LedgerStore.over(pool, new JdbcTransactionManager(pool), Ledger.AGGREGATES);
    private final GroupCommitPipeline pipeline;
    private final Projections projections;
    private final long begun;
    private volatile Instant now = Instant.EPOCH;

    SweptCity(City city) {
        this.city = city;
        PlayedBefore.bring(store, city.ledger().events());
        begun = head();
        var handlers = LedgerDomain.commandHandlers(store.ledger(), store.events(), Frames.NONE);
        pipeline = GroupCommitPipeline.over(
                store, sql, handlers, NamedDocuments.UNASKED, () -> now, 10_000, Runtime.getRuntime()::halt);
        projections = new Projections(
                AllProjections.of(store.serializer()),
                pool,
                new JdbcTransactionManager(pool),
                store.events(),
                store.serializer());
        projections.start();
    }

    private static HikariDataSource empty() {
        HikariDataSource pool = TestPostgres.emptyLedger();
        var sql = new JdbcTemplate(pool);
        // A view is nothing without the copy behind it, and both are made anew.
        sql.queryForList(
                        "select nspname from pg_namespace where nspname in ('view', 'projection')"
                                + " or nspname ~ '^[a-z]+_[ab]$'",
                        String.class)
                .forEach(schema -> sql.execute("drop schema " + schema + " cascade"));
        return pool;
    }

    /** The identifier of {@code V1}. */
    String id(String voucher) {
        return city.id(voucher);
    }

    /** Sweeps as the clock reads this, as a program does that has just been started. */
    Swept sweepsAt(Instant instant) {
        now = instant;
        var dueWork = new DueWork(JdbcClient.create(pool));
        try {
            return new Sweep(dueWork, pipeline, projections, () -> now).run();
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What is foretold of a batch, with everything that has been recorded so far. */
    Lapses.Foretold foretold(String batch, Instant by) {
        settle();
        JdbcClient client = JdbcClient.create(pool);
        return new Lapses(new DueWork(client), client).of(batch, by);
    }

    Swept sweepsAt(String dateTime) {
        return sweepsAt(GuangzhouTerms.shanghai(dateTime));
    }

    SweptCity settle() {
        long head = projections.positions().head();
        projections.names().forEach(name -> {
            try {
                projections.positions().awaitAtLeast(name, head, PATIENCE);
            } catch (TimeoutException e) {
                throw new AssertionError(e);
            }
        });
        return this;
    }

    JdbcTemplate sql() {
        return sql;
    }

    /** The position of the last event there is. */
    long head() {
        return sql.queryForObject("select max(position) from ledger.event", Long.class);
    }

    /** What the sweeps have recorded, in order: each event's type with its stream and who it is from. */
    List<String> recorded() {
        return sql.queryForList(
                "select type || ' ' || stream || ' ' || role from ledger.event where position > ? order by position",
                String.class,
                begun);
    }

    String status(String voucher) {
        settle();
        return sql.queryForObject("select status from view.voucher where id = ?", String.class, id(voucher));
    }

    @Override
    public void close() {
        projections.close();
        pipeline.close();
        store.events().shutDown();
        pool.close();
        city.close();
    }
}
