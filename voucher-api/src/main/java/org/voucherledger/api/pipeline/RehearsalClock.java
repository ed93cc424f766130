package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A clock that stands still until it is told to move, and moves only forward: a whole season is played in minutes.
 *
 * <p>A reading is durable before anything is stamped with it, so a restart never takes time back.
 */
public final class RehearsalClock implements LedgerClock {

    private final JdbcTemplate sql;
    private volatile Instant reading;

    RehearsalClock(JdbcTemplate sql, Instant reading) {
        this.sql = sql;
        this.reading = reading;
    }

    @Override
    public Instant now() {
        return reading;
    }

    /**
     * Moves the clock; the present reading again is no move and is allowed.
     *
     * @throws ClockTurnedBack if the moment lies before the present reading
     */
    public synchronized void forwardTo(Instant moment) {
        Instant next = moment.truncatedTo(ChronoUnit.MICROS);
        if (next.isBefore(reading)) {
            throw new ClockTurnedBack(reading, next);
        }
        OffsetDateTime to = next.atOffset(ZoneOffset.UTC);
        boolean moved =
                sql.update("update ledger.clock set reading = ? where kind = 'REHEARSAL' and reading <= ?", to, to)
                        == 1;
        if (!moved) {
            // Another program on the same ledger has moved it further.
            reading = sql.queryForObject(
                            "select reading from ledger.clock where kind = 'REHEARSAL'", OffsetDateTime.class)
                    .toInstant();
            throw new ClockTurnedBack(reading, next);
        }
        reading = next;
    }

    /** A rehearsal clock was asked to go back. */
    public static final class ClockTurnedBack extends RuntimeException {
        ClockTurnedBack(Instant reading, Instant asked) {
            super("the clock reads " + reading + " and does not go back to " + asked, null, false, false);
        }
    }
}
