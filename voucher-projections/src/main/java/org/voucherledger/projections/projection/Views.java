package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads views together with the position they show: one snapshot, so that a figure and its position belong together even
 * while the views are told more or switched to another copy.
 */
public final class Views {

    /** Taken before the snapshot is: a switch of copies (Slots#lock) is either wholly before it or wholly after. */
    public static final String HOLD_THE_COPIES = "lock table projection.slot in access share mode";

    private final Projections projections;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final Duration patience;

    public Views(
            Projections projections,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Duration patience) {
        this.projections = projections;
        this.jdbc = new JdbcTemplate(dataSource);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
        this.patience = patience;
    }

    /**
     * Reads in one snapshot of the projections named, of which the least position counts.
     *
     * @param atLeast the position that each must have reached, or {@code null}
     * @throws TimeoutException if one does not reach it in time, or at once if the log itself has not
     */
    public <T> Seen<T> read(Long atLeast, Supplier<T> reading, String... names) throws TimeoutException {
        if (atLeast != null) {
            for (String name : names) {
                await(name, atLeast);
            }
        }
        return snapshot.execute(status -> {
            jdbc.execute(HOLD_THE_COPIES);
            Progress least = leastProgress(names);
            return new Seen<>(reading.get(), least.position(), least.asOf());
        });
    }

    /** Reads in one snapshot whatever the views show now. */
    public <T> T readNow(Supplier<T> reading) {
        return snapshot.execute(status -> {
            jdbc.execute(HOLD_THE_COPIES);
            return reading.get();
        });
    }

    /** Reads a page; the reading is asked for one row more than the limit, which tells whether there is a next page. */
    public <T> Slice<T> slice(
            Long atLeast, int limit, Function<Integer, List<T>> reading, Function<T, String> cursor, String... names)
            throws TimeoutException {
        Seen<List<T>> seen = read(atLeast, () -> reading.apply(limit + 1), names);
        List<T> rows = seen.value();
        boolean more = rows.size() > limit;
        List<T> items = more ? rows.subList(0, limit) : rows;
        return new Slice<>(
                List.copyOf(items), more ? cursor.apply(items.getLast()) : null, seen.position(), seen.asOf());
    }

    /** Nobody who was answered a position can ask for one that the log has not reached; to wait for it would be in vain. */
    private void await(String name, long atLeast) throws TimeoutException {
        var positions = projections.positions();
        if (positions.hasReached(name, atLeast)) {
            return;
        }
        long head = positions.head();
        if (atLeast > head) {
            throw new TimeoutException("the log itself ends at " + head);
        }
        positions.awaitAtLeast(name, atLeast, patience);
    }

    private Progress leastProgress(String... names) {
        return Arrays.stream(names)
                .map(projections.positions()::progress)
                .min(Comparator.comparingLong(Progress::position))
                .orElseThrow();
    }
}
