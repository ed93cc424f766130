package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Decides, once in the life of a ledger, by which clock it lives.
 *
 * <p>Invariant: a ledger that has begun with the server's clock never becomes a rehearsal, and a rehearsal never becomes
 * real, whatever a later start asks for.
 */
public final class LedgerClocks {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerClocks.class);

    private LedgerClocks() {}

    /**
     * The clock of the ledger in this database.
     *
     * @param rehearseFrom where a rehearsal begins; a rehearsal that has got further goes on from there
     * @throws NotARehearsal if a rehearsal is asked for on a real ledger
     */
    public static LedgerClock of(JdbcTemplate sql, Optional<Instant> rehearseFrom) {
        sql.update(
                "insert into ledger.clock (kind, reading) values (?, ?) on conflict do nothing",
                rehearseFrom.isPresent() ? "REHEARSAL" : "SYSTEM",
                rehearseFrom
                        .map(from -> from.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                        .orElse(null));
        Optional<Instant> rehearsal = sql.query(
                "select reading from ledger.clock",
                row -> row.next()
                        ? Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                        : Optional.empty());
        if (rehearsal.isEmpty()) {
            if (rehearseFrom.isPresent()) {
                throw new NotARehearsal();
            }
            return new SystemClock();
        }
        var clock = new RehearsalClock(sql, rehearsal.get());
        rehearseFrom.filter(from -> from.isAfter(clock.now())).ifPresent(clock::forwardTo);
        LOG.info("This is a rehearsal ledger; its clock reads {}.", clock.now());
        return clock;
    }

    /** The database holds a real ledger, whose clock nobody may set. */
    public static final class NotARehearsal extends IllegalStateException {
        NotARehearsal() {
            super("This ledger lives by the server's clock and cannot be rehearsed with."
                    + " Choose another data directory or database for the rehearsal.");
        }
    }
}
