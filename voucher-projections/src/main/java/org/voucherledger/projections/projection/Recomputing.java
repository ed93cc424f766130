package org.voucherledger.projections.projection;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a view anew beside the one that serves and compares the two.
 *
 * <p>All of it is one transaction, which sees the serving copy as it was at one position and is rolled back at the end: the copy
 * that serves is told on meanwhile, and nothing is left behind whatever happens.
 */
final class Recomputing {

    private static final String BESIDE = "recomputed";
    /** The server knows nothing of tables that are not committed; without this it would read them from end to end. */
    private static final long FIRST_ANALYSIS = 10_000;

    private final Projection projection;
    private final Slots slots;
    private final JdbcTemplate jdbc;
    private final EventLog log;
    private final TransactionTemplate snapshot;
    private final int batchSize;

    /** @param batchSize how many events are told at a time; the outcome must not depend on it */
    Recomputing(
            Projection projection,
            Slots slots,
            JdbcTemplate jdbc,
            EventLog log,
            PlatformTransactionManager transactions,
            int batchSize) {
        this.projection = projection;
        this.slots = slots;
        this.jdbc = jdbc;
        this.log = log;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.batchSize = batchSize;
    }

    private record Serving(Slot slot, Progress progress, boolean isCurrent) {}

    /** The caller holds the projection, so that no other copy is let serve meanwhile. */
    Seen<Recomputed> run() {
        return snapshot.execute(status -> {
            status.setRollbackOnly();
            jdbc.execute("set local transaction_timeout = 0");
            jdbc.execute("set local idle_in_transaction_session_timeout = 0");
            Serving serving = serving();
            return new Seen<>(
                    recomputed(serving),
                    serving.progress().position(),
                    serving.progress().asOf());
        });
    }

    /** Read inside a savepoint, so that its lock does not keep another view from switching for as long as this lasts. */
    private Serving serving() {
        jdbc.execute("savepoint reading");
        Slot slot = slots.serving(projection.name()).orElseThrow();
        var serving = new Serving(slot, slots.progress(slot), slots.isMadeFrom(slot, Definition.of(projection)));
        jdbc.execute("rollback to savepoint reading");
        return serving;
    }

    private Recomputed recomputed(Serving serving) {
        if (!serving.isCurrent()) {
            var difference = new Recomputed.Difference("", "", "made from another definition of the view", null);
            return new Recomputed(projection.name(), false, 0, List.of(), difference);
        }
        Slot beside = new Slot(projection.name(), BESIDE);
        jdbc.execute("create schema " + beside.schema());
        jdbc.execute(beside.sql(Definition.of(projection).tables()));
        List<String> names = tables(beside);
        long events = tell(serving.progress(), beside, names);
        var tables = new ArrayList<Recomputed.Table>();
        Recomputed.Difference first = null;
        for (String name : names) {
            var comparing = new Comparing(jdbc, name, serving.slot(), beside);
            Recomputed.Table table = comparing.counts();
            tables.add(table);
            if (first == null && table.differing() > 0) {
                first = comparing.first();
            }
        }
        return new Recomputed(projection.name(), first == null, events, tables, first);
    }

    private long tell(Progress upTo, Slot beside, List<String> names) {
        var tables = new Tables(jdbc, beside);
        var batch = new ArrayList<Told>(batchSize);
        long[] told = {0, FIRST_ANALYSIS};
        long events = log.replay(upTo, next -> {
            batch.add(next);
            if (batch.size() == batchSize) {
                projection.tell(List.copyOf(batch), tables);
                told[0] += batch.size();
                batch.clear();
                if (told[0] >= told[1]) {
                    names.forEach(name -> jdbc.execute("analyze " + beside.schema() + "." + name));
                    told[1] *= 10;
                }
            }
        });
        if (!batch.isEmpty()) {
            projection.tell(batch, tables);
        }
        return events;
    }

    private List<String> tables(Slot slot) {
        return jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE'"
                        + " order by table_name",
                String.class,
                slot.schema());
    }
}
