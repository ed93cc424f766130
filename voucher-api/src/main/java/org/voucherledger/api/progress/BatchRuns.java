package org.voucherledger.api.progress;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.api.progress.LongRun.Kind;

/**
 * Batches whose granting or publication has begun, as their board shows them, so that every instance knows of them and a run
 * that a crash has ended is seen to stand still. Granting may end before the queue does, when the money has gone.
 */
@Component
class BatchRuns implements LongRuns {

    private static final String UNDER_WAY = """
            select id, phase, granted + skipped as decided, not_granted + waiting as told, applications - withdrawn as live
            from view.batch
            where results_due_at is not null
              and (phase = 'ENDED' and granted + skipped > 0 or phase = 'GRANTED' and not_granted + waiting > 0)
            order by id
            """;

    private final JdbcClient sql;

    BatchRuns(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<LongRun> underWay() {
        return sql.sql(UNDER_WAY)
                .query((row, n) -> {
                    long decided = row.getLong("decided");
                    long live = row.getLong("live");
                    return row.getString("phase").equals("ENDED")
                            ? new LongRun(Kind.GRANTING, row.getString("id"), decided, live)
                            : new LongRun(Kind.PUBLISHING, row.getString("id"), row.getLong("told"), live - decided);
                })
                .list();
    }
}
