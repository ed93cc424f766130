package org.voucherledger.api.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.sealedlog.Hash;

/** The refusals of one source as they stand now, read once from the first to the last. */
final class Refusals implements AutoCloseable {

    /**
     * One of them.
     *
     * @param hash of nothing, if it is no leaf any more
     * @param words the beginning of a sentence about it
     */
    record Row(Source source, long id, Hash hash, String words) {}

    private final Rows<Row> rows;
    private long last;
    private long covered;

    private Refusals(Rows<Row> rows) {
        this.rows = rows;
    }

    /** @param sql as {@link Rows} wants it */
    static Refusals of(JdbcTemplate sql, Source source) {
        return new Refusals(Rows.of(sql, source.all(), (row, n) -> row(source, row, n)));
    }

    private static Row row(Source source, ResultSet row, int n) throws SQLException {
        long id = row.getLong("id");
        String what = source == Source.REFUSAL
                ? "the refusal " + id + " (" + row.getString("command_type") + " of " + row.getString("actor") + ")"
                : "the refused upload " + id + " (of " + row.getString("actor") + ")";
        return new Row(source, id, SealVerification.hash(source.leaf().mapRow(row, n)), what);
    }

    /** The number of the last that was sealed, so far. */
    long last() {
        return last;
    }

    /** Up to which number they are sealed, so far, refusals or not. */
    long read() {
        return Math.max(last, covered);
    }

    void coveredUpTo(long number) {
        covered = Math.max(covered, number);
    }

    List<Row> takeBefore(long number) {
        return take(number - 1);
    }

    /** With these, everything up to this number has been sealed. */
    List<Row> takeUpTo(long number) {
        last = Math.max(last, number);
        return take(number);
    }

    private List<Row> take(long upTo) {
        var taken = new ArrayList<Row>();
        while (rows.isThere() && rows.look().id() <= upTo) {
            taken.add(rows.take());
        }
        return taken;
    }

    @Override
    public void close() {
        rows.close();
    }
}
