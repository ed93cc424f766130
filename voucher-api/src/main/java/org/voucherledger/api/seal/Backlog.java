package org.voucherledger.api.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * What of one source has been committed and is not sealed yet, in the order of its numbers.
 *
 * <p>Invariant: it never passes a number that could still appear.
 */
final class Backlog {

    /** A payload is dropped as soon as it is hashed; no more than these are in memory at once. */
    private static final int ROWS_AT_ONCE = 1_000;

    private final Source source;
    private final JdbcTemplate sql;
    private final GapFence fence;
    private long read;

    /** @param read up to which number it has been sealed */
    Backlog(Source source, JdbcTemplate sql, long read) {
        this.source = source;
        this.sql = sql;
        this.read = read;
        this.fence = new GapFence(sql, read);
    }

    /** Up to which number everything has been read. */
    long read() {
        return read;
    }

    /** What is sealed next: rows that follow each other, and their leaves' hashes. */
    static final class Part {
        private final Source source;
        private final long firstSource;
        private final List<Hash> leaves = new ArrayList<>();
        private long lastSource;

        private Part(Source source, long firstSource) {
            this.source = source;
            this.firstSource = firstSource;
        }

        private void add(Row row) {
            lastSource = row.number();
            leaves.add(row.leaf());
        }

        List<Hash> leaves() {
            return leaves;
        }

        /** The same as a run of leaves from this index on. */
        Run from(long firstLeaf) {
            return new Run(source, firstLeaf, firstSource, lastSource, leaves.size());
        }
    }

    /** A row, or only its number. */
    private record Row(long number, Hash leaf) {}

    /**
     * Reads on.
     *
     * @param upTo no further than this number
     * @param most so many rows, or a few more than that
     * @throws SealAlarm if a row is not of the form that every row of the ledger has
     */
    List<Part> next(long upTo, long most) {
        fence.look();
        var parts = new ArrayList<Part>();
        for (long looked = 0; looked < most; looked += ROWS_AT_ONCE) {
            List<Row> rows =
                    sql.query(source.following(), (row, n) -> row(row), read, upTo, Math.min(most, ROWS_AT_ONCE));
            for (Row row : rows) {
                if (row.number() != read + 1 && !fence.isSettledBelow(row.number())) {
                    fence.watch(rows.getLast().number());
                    return parts;
                }
                if (row.leaf() != null) {
                    add(row, parts);
                }
                read = row.number();
            }
            if (rows.size() < Math.min(most, ROWS_AT_ONCE)) {
                return parts;
            }
        }
        return parts;
    }

    private void add(Row row, List<Part> parts) {
        // Of events a run has no holes, so that an index says the position.
        boolean follows =
                !parts.isEmpty() && (source != Source.EVENT || parts.getLast().lastSource + 1 == row.number());
        if (!follows) {
            parts.add(new Part(source, row.number()));
        }
        parts.getLast().add(row);
    }

    private Row row(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        boolean isLeaf = row.getBoolean(row.getMetaData().getColumnCount());
        return new Row(number, isLeaf ? hash(number, row) : null);
    }

    private Hash hash(long number, ResultSet row) throws SQLException {
        Leaf leaf = source.leaf().mapRow(row, 0);
        try {
            return Hash.ofLeaf(leaf.line());
        } catch (Unreadable notOurs) {
            throw new SealAlarm("The row " + number + " of " + source.table() + " is not of the form that the ledger"
                    + " writes (" + notOurs.getMessage() + "): somebody else has written it. Nothing is sealed from"
                    + " there on; compare with a backup.");
        }
    }
}
