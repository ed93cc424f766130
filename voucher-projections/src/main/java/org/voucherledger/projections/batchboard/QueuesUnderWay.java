package org.voucherledger.projections.batchboard;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The batches whose granting or publication has begun and is not over (GZ-12), as their boards show them: each program that asks
 * knows of them, and one that a crash has ended is seen to stand still.
 */
@Component
public class QueuesUnderWay {

    /**
     * How far one is.
     *
     * @param publishing whether those are told that were not granted; before, the queue is decided
     * @param done how many applications have been
     * @param of how many there are; granting ends before the last of them when the money has gone
     */
    public record QueueUnderWay(String batchId, boolean publishing, long done, long of) {}

    /** Only what is granted down a queue has results that are due. */
    private static final String UNDER_WAY = """
            select id, phase = 'GRANTED', granted + skipped as decided, not_granted + waiting as told,
                   applications - withdrawn as live
            from view.batch
            where results_due_at is not null
              and (phase = 'ENDED' and granted + skipped > 0 or phase = 'GRANTED' and not_granted + waiting > 0)
            order by id
            """;

    private final JdbcClient sql;

    QueuesUnderWay(JdbcClient sql) {
        this.sql = sql;
    }

    public List<QueueUnderWay> all() {
        return sql.sql(UNDER_WAY)
                .query((row, n) -> {
                    long decided = row.getLong("decided");
                    long live = row.getLong("live");
                    return row.getBoolean(2)
                            ? new QueueUnderWay(row.getString("id"), true, row.getLong("told"), live - decided)
                            : new QueueUnderWay(row.getString("id"), false, decided, live);
                })
                .list();
    }
}
