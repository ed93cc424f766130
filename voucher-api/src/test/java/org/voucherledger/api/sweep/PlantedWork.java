package org.voucherledger.api.sweep;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.api.progress.LongRun;
import org.voucherledger.api.sweep.Sweep.Swept;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Due work that a test plants in the tables the sweep reads, and a pipeline that answers what the test says. */
final class PlantedWork implements AutoCloseable {

    private final HikariDataSource pool = TestPostgres.emptyLedger();
    private final JdbcTemplate sql = new JdbcTemplate(pool);
    private final LedgerStore store = LedgerStore.over(pool, new JdbcTransactionManager(pool), Ledger.AGGREGATES);
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private final Projections projections;
    private final List<CommandRequest> asked = new ArrayList<>();
    private Sweep sweep;
    private Function<CommandRequest, CompletableFuture<Answer>> answers =
            request -> CompletableFuture.completedFuture(accepted(head() + 1));

    PlantedWork() {
        // Other tests of the same database have views of their own.
        sql.queryForList(
                        "select nspname from pg_namespace where nspname in ('view', 'projection')"
                                + " or nspname ~ '^[a-z]+_[ab]$'",
                        String.class)
                .forEach(schema -> sql.execute("drop schema " + schema + " cascade"));
        projections = new Projections(
                Stream.of("voucherboard", "batchboard", "claimworklist")
                        .map(Planted::new)
                        .toList(),
                pool,
                new JdbcTransactionManager(pool),
                store.events(),
                store.serializer());
        projections.start();
    }

    /** A view that is told nothing worth keeping; while it is stuck it fails at that, too. */
    private final class Planted implements Projection {

        private final String name;

        Planted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void tell(List<Told> events, Tables tables) {
            if (stuck.contains(name)) {
                throw new IllegalStateException(name + " is stuck");
            }
        }
    }

    static Answer.Accepted accepted(long position) {
        return new Answer.Accepted("null", position, Instant.EPOCH);
    }

    /** These views fail from now on, and something happens that they should show. */
    PlantedWork stick(String... views) {
        stuck.addAll(List.of(views));
        return somethingHappens();
    }

    PlantedWork somethingHappens() {
        try (var city = new City()) {
            PlayedBefore.bring(store, city.ledger().events().subList(0, 1));
        }
        return this;
    }

    PlantedWork vouchers(int from, int to) {
        sql.update(
                "insert into view.voucher (id) select 'V' || to_char(n, 'FM0000') from generate_series(?, ?) n",
                from,
                to);
        return this;
    }

    PlantedWork batch(String id) {
        sql.update("insert into view.batch (id) values (?)", id);
        return this;
    }

    /** One whose waiting list has ended. */
    PlantedWork waitingList(String id) {
        sql.update(
                "insert into view.batch (id, phase, backfill, backfill_until) values (?, 'PUBLISHED', true, '2020-06-01')",
                id);
        return this;
    }

    PlantedWork notice(String claim, String voucher) {
        sql.update("insert into view.claim (id) values (?)", claim);
        sql.update("insert into view.claim_item (claim_id, voucher_id) values (?, ?)", claim, voucher);
        return this;
    }

    PlantedWork answering(Function<CommandRequest, CompletableFuture<Answer>> other) {
        answers = other;
        return this;
    }

    long head() {
        return projections.positions().head();
    }

    /** The keys of what was asked, in order. */
    List<String> keys() {
        return asked.stream().map(CommandRequest::idempotencyKey).toList();
    }

    /** How far the sweep is that is under way. */
    List<LongRun> underWay() {
        return sweep.underWay();
    }

    Swept sweepAt(String instant, Duration patience) throws TimeoutException {
        sweep = new Sweep(
                new DueWork(JdbcClient.create(pool)),
                request -> {
                    asked.add(request);
                    return answers.apply(request);
                },
                projections,
                () -> Instant.parse(instant),
                patience);
        return sweep.run();
    }

    Swept sweepAt(String instant) throws TimeoutException {
        return sweepAt(instant, Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        projections.close();
        store.events().shutDown();
        pool.close();
    }
}
