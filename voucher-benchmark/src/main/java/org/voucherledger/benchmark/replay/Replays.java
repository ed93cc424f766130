package org.voucherledger.benchmark.replay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Projections;

/** Replays a ledger's whole log into views made from zero, and reads it without any. Rates are events a second. */
final class Replays implements AutoCloseable {

    private static final int FETCHED_AT_ONCE = 1_000;
    private static final Duration A_DAY = Duration.ofDays(1);

    private static final String EVERY_COLUMN = """
            select global_index, event_identifier, aggregate_identifier, sequence_number, type, recorded_at, payload_type,
                payload_revision, payload, meta_data
            from ledger.domain_event order by global_index
            """;

    private final BenchLedger ledger;
    private final JdbcTransactionManager transactions;
    private final LedgerStore readers;
    private final long events;

    Replays(BenchLedger ledger) {
        this.ledger = ledger;
        this.transactions = new JdbcTransactionManager(ledger.pool());
        this.readers = LedgerStore.over(ledger.pool(), transactions, Ledger.AGGREGATES);
        this.events = ledger.number("select count(*) from ledger.domain_event");
    }

    LedgerStore readers() {
        return readers;
    }

    /** Every column of every row handed over by the driver, and nothing made of it. */
    double raw() {
        long begun = System.nanoTime();
        long rows = 0;
        long bytes = 0;
        try (Connection connection = ledger.pool().getConnection()) {
            connection.setAutoCommit(false);
            try (var select = connection.prepareStatement(EVERY_COLUMN)) {
                select.setFetchSize(FETCHED_AT_ONCE);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows++;
                        bytes += bytes(row);
                    }
                }
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (rows != events || bytes < rows) {
            throw new IllegalStateException("read " + rows + " rows of " + events);
        }
        return rate(begun);
    }

    private static long bytes(ResultSet row) throws SQLException {
        return Long.signum(row.getLong(1))
                + row.getString(2).length()
                + row.getString(3).length()
                + Long.signum(row.getLong(4))
                + row.getString(5).length()
                + Long.signum(row.getTimestamp(6).getTime())
                + row.getString(7).length()
                + row.getString(8).length()
                + row.getBytes(9).length
                + row.getBytes(10).length;
    }

    /** From the start of the views, on no tables, until the last of them shows the whole log. */
    double told(List<? extends Projection> views) {
        forget(views);
        try (var all = new Projections(views, ledger.pool(), transactions, readers.events(), readers.serializer())) {
            long begun = System.nanoTime();
            all.start();
            for (Projection view : views) {
                all.positions().awaitAtLeast(view.name(), ledger.events(), A_DAY);
            }
            return rate(begun);
        } catch (TimeoutException never) {
            throw new IllegalStateException(never);
        } finally {
            forget(views);
        }
    }

    /** What one contender has written is not to be on the next one's bill. */
    private void forget(List<? extends Projection> views) {
        ledger.sql().execute("drop schema if exists projection cascade");
        ledger.sql().execute("drop schema if exists view cascade");
        views.forEach(view -> ledger.sql().execute("drop schema if exists " + view.name() + "_a cascade"));
        ledger.asOwner("checkpoint");
    }

    private double rate(long begun) {
        return events * 1e9 / (System.nanoTime() - begun);
    }

    @Override
    public void close() {
        readers.events().shutDown();
    }
}
