package org.voucherledger.api.imports;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.voucherledger.api.progress.LongRun;
import org.voucherledger.api.progress.LongRuns;

/** Imports whose rows are being done; how many there are is known when all have been looked at. */
@Component
class ImportRuns implements LongRuns {

    private final JdbcTemplate sql;

    ImportRuns(JdbcTemplate sql) {
        this.sql = sql;
    }

    @Override
    public List<LongRun> underWay() {
        return sql.query(
                "select id::text, rows_done + rows_unchanged + rows_refused, rows_read from ledger.import"
                        + " where state = 'WORKING' order by received_at, id",
                (row, n) -> new LongRun(LongRun.Kind.IMPORTING, row.getString(1), row.getLong(2), row.getLong(3)));
    }
}
