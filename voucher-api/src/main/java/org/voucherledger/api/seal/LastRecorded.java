package org.voucherledger.api.seal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which event was the last to be recorded by a moment. Times of recording never go back along the log, so it is found by halving:
 * in as many looks as a position has bits, however long the log is.
 */
final class LastRecorded {

    private record Row(long position, Instant recordedAt) {}

    private LastRecorded() {}

    /** Its position; 0 if none had been recorded by then. */
    static long by(JdbcTemplate sql, Instant moment) {
        Long head = sql.queryForObject(Source.EVENT.last(), Long.class);
        long found = 0;
        long low = 0;
        long high = (head == null ? 0 : head) + 1;
        while (low + 1 < high) {
            long middle = low + (high - low) / 2;
            List<Row> last = sql.query(
                    "select global_index, recorded_at from ledger.domain_event"
                            + " where global_index > ? and global_index <= ? order by global_index desc limit 1",
                    (row, n) -> new Row(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant()),
                    low,
                    middle);
            if (last.isEmpty()) {
                low = middle;
            } else if (last.getFirst().recordedAt().isAfter(moment)) {
                high = last.getFirst().position();
            } else {
                found = last.getFirst().position();
                low = middle;
            }
        }
        return found;
    }
}
