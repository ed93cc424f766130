package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * When events are recorded: by the ledger's clock, but never before an event that is in the log already. A server's clock that
 * is set back must not look like a log that was tampered with.
 */
final class RecordingClock implements InstantSource {

    private final LedgerClock clock;
    private final AtomicReference<Instant> last;

    RecordingClock(LedgerClock clock, Instant lastRecorded) {
        this.clock = clock;
        this.last = new AtomicReference<>(lastRecorded);
    }

    /** Goes on where the log in this database ends. */
    static RecordingClock of(LedgerClock clock, JdbcTemplate sql) {
        Instant lastRecorded = sql
                .query(
                        "select recorded_at from ledger.domain_event order by global_index desc limit 1",
                        (row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .stream()
                .findFirst()
                .orElse(Instant.EPOCH);
        return new RecordingClock(clock, lastRecorded);
    }

    @Override
    public Instant instant() {
        return last.accumulateAndGet(clock.now(), (before, now) -> now.isBefore(before) ? before : now);
    }
}
