package org.voucherledger.api.seal;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Decides when a number that is missing among the committed rows will stay missing.
 *
 * <p>A number is drawn before its row is visible, and may belong to a transaction that is still under way. So, when a gap is
 * first seen, the fence draws a transaction number itself. Whoever drew a number out of the gap did so before a later one
 * became visible, and had its transaction number by then ({@code CommandGroup} and {@code UploadRefusals} see to that): its number is smaller than the
 * fence's. When no transaction below the fence is under way any more, what is missing was rolled back.
 *
 * <p>The number must be drawn: {@code pg_snapshot_xmax} is one past the newest transaction that has <em>ended</em>, and
 * transactions above it may be under way.
 */
final class GapFence {

    private final JdbcTemplate sql;
    /** Up to here nothing can appear any more that is not there. */
    private long settled;
    /** The transaction number of the fence, or {@code null} while there is no gap to be watched. */
    private String number;
    /** Which number was visible when the fence was put up. */
    private long covers;

    /** @param settled up to which number it has been decided before */
    GapFence(JdbcTemplate sql, long settled) {
        this.sql = sql;
        this.settled = settled;
    }

    /** To be asked before the rows are read, so that those which have appeared meanwhile are among them. */
    void look() {
        if (number != null
                && Boolean.TRUE.equals(sql.queryForObject(
                        "select pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8", Boolean.class, number))) {
            settled = covers;
            number = null;
        }
    }

    /** Whether everything below this number that is not there will not be there. */
    boolean isSettledBelow(long visible) {
        return visible <= settled;
    }

    /** Watches the gaps below a number that is visible; outside of any transaction. */
    void watch(long visible) {
        if (number == null) {
            number = sql.queryForObject("select pg_current_xact_id()::text", String.class);
            covers = visible;
        }
    }
}
