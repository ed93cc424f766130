package org.voucherledger.projections.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a view anew beside the one that serves and compares the two.
 *
 * <p>It is made in short transactions, told as far as the serving copy has been told, and compared in one snapshot that has no
 * number of its own: whoever waits for all transactions that were under way, as the sealing of the log does, need not wait for
 * this. What is left behind by a program that stops in the middle is dropped by the next.
 */
final class Recomputing {

    private static final String BESIDE = "recomputed";

    /** How many events may be left when the serving copy is held for the last of them. */
    private static final long NEARLY = 2_000;

    /** The server counts the rows of a new table late; without this it would read large ones from end to end. */
    private static final long FIRST_ANALYSIS = 10_000;

    private final Projection projection;
    private final Definition definition;
    private final Slot beside;
    private final Slots slots;
    private final JdbcTemplate jdbc;
    private final DataSource dataSource;
    private final EventLog log;
    private final TransactionTemplate held;
    private final TransactionTemplate own;
    private final Tables tables;
    private final int batchSize;

    private Progress told = Progress.NONE;
    private long events;
    private long written;
    private long nextAnalysis = FIRST_ANALYSIS;

    /** @param batchSize how many events are told at a time; the outcome must not depend on it */
    Recomputing(
            Projection projection,
            Slots slots,
            DataSource dataSource,
            EventLog log,
            PlatformTransactionManager transactions,
            int batchSize) {
        this.projection = projection;
        this.definition = Definition.of(projection);
        this.beside = new Slot(projection.name(), BESIDE);
        this.slots = slots;
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.log = log;
        this.held = new TransactionTemplate(transactions);
        // Told in transactions that end, also while the serving copy is held.
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.tables = new Tables(jdbc, beside);
        this.batchSize = batchSize;
    }

    /** The caller holds the projection, so that no other copy is let serve meanwhile. */
    Seen<Recomputed> run() {
        Slot serving = slots.serving(projection.name()).orElseThrow();
        Progress shown = slots.progress(serving);
        if (!slots.isMadeFrom(serving, definition)) {
            var difference = new Recomputed.Difference("", "", "made from another definition of the view", null);
            return new Seen<>(
                    new Recomputed(projection.name(), false, 0, List.of(), difference), shown.position(), shown.asOf());
        }
        try {
            make();
            do {
                tellUpTo(shown);
                shown = slots.progress(serving);
            } while (shown.position() - told.position() > NEARLY);
            return compared(serving);
        } finally {
            drop();
        }
    }

    private void make() {
        drop();
        own.executeWithoutResult(status -> {
            jdbc.execute("create schema " + beside.schema());
            jdbc.execute(beside.sql(definition.tables()));
            // Nothing of it is to outlive a crash.
            tables().forEach(name -> jdbc.execute("alter table " + beside.schema() + "." + name + " set unlogged"));
        });
    }

    private void drop() {
        own.executeWithoutResult(status -> jdbc.execute("drop schema if exists " + beside.schema() + " cascade"));
    }

    /** The serving copy stands still only until there is a snapshot in which both have been told the same. */
    private Seen<Recomputed> compared(Slot serving) {
        try (Connection snapshot = dataSource.getConnection()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            snapshot.setReadOnly(true);
            try {
                var seeing = new JdbcTemplate(new SingleConnectionDataSource(snapshot, true));
                held.executeWithoutResult(status -> {
                    tellUpTo(slots.lockedProgress(serving));
                    seeing.execute("set local transaction_timeout = 0");
                    seeing.execute("set local idle_in_transaction_session_timeout = 0");
                    seeing.execute("select pg_current_snapshot()");
                });
                return new Seen<>(recomputed(serving, seeing), told.position(), told.asOf());
            } finally {
                snapshot.rollback();
                snapshot.setReadOnly(false);
                snapshot.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                snapshot.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot compare " + projection.name(), e);
        }
    }

    private Recomputed recomputed(Slot serving, JdbcTemplate seeing) {
        var compared = new ArrayList<Recomputed.Table>();
        Recomputed.Difference first = null;
        for (String name : tables()) {
            var comparing = new Comparing(seeing, name, serving, beside);
            Recomputed.Table table = comparing.counts();
            compared.add(table);
            if (first == null && table.differing() > 0) {
                first = comparing.first();
            }
        }
        return new Recomputed(projection.name(), first == null, events, compared, first);
    }

    private void tellUpTo(Progress shown) {
        var batch = new ArrayList<Told>(batchSize);
        events += log.replay(told, shown, next -> {
            batch.add(next);
            if (batch.size() == batchSize) {
                tell(batch);
                batch.clear();
            }
        });
        tell(batch);
        told = shown;
    }

    private void tell(List<Told> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Told> next = List.copyOf(batch);
        own.executeWithoutResult(status -> projection.tell(next, tables));
        written += next.size();
        if (written >= nextAnalysis) {
            own.executeWithoutResult(
                    status -> tables().forEach(name -> jdbc.execute("analyze " + beside.schema() + "." + name)));
            nextAnalysis *= 10;
        }
    }

    private List<String> tables() {
        return jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE'"
                        + " order by table_name",
                String.class,
                beside.schema());
    }
}
