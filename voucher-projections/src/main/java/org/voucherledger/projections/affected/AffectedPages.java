package org.voucherledger.projections.affected;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes pages of those affected, recorded or foretold. To be asked inside one snapshot. */
public final class AffectedPages {

    private static final String RECORDED = "(select * from view.affected_voucher where decision = :decision"
            + " union all select * from view.affected_application where decision = :decision"
            + " union all select * from view.affected_provider where decision = :decision) a";

    private record Counted(long affected, long gaining) {}

    private final JdbcClient jdbc;

    public AffectedPages(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Whom a decision affected, as everything stood at it.
     *
     * @param decision its position in the log
     * @param cursor the key of the last one seen, empty to begin
     */
    public AffectedPage recorded(long decision, String cursor, int limit) {
        Counted counted = jdbc.sql("select count(*), count(*) filter (where gains) from " + RECORDED)
                .param("decision", decision)
                .query((row, n) -> new Counted(row.getLong(1), row.getLong(2)))
                .single();
        List<Affected> found = jdbc.sql(
                        "select * from " + RECORDED + " where key > :cursor order by key collate \"C\" limit :limit")
                .param("decision", decision)
                .param("cursor", cursor)
                .param("limit", limit + 1)
                .query((row, n) -> Affected.read(row))
                .list();
        boolean more = found.size() > limit;
        List<Affected> items = more ? found.subList(0, limit) : found;
        return new AffectedPage(
                counted.affected(),
                counted.gaining(),
                counted.affected() - counted.gaining(),
                List.copyOf(items),
                more ? items.getLast().key() : null);
    }

    /** Counts whom it is handed, in the order of their keys, and keeps one page of them. */
    public static final class Page implements Consumer<Affected> {

        private final String cursor;
        private final int limit;
        private final List<Affected> items = new ArrayList<>();
        private boolean more;
        private long affected;
        private long gaining;

        public Page(String cursor, int limit) {
            this.cursor = cursor;
            this.limit = limit;
        }

        @Override
        public void accept(Affected each) {
            affected++;
            gaining += each.gains() ? 1 : 0;
            if (each.key().compareTo(cursor) > 0) {
                if (items.size() < limit) {
                    items.add(each);
                } else {
                    more = true;
                }
            }
        }

        public AffectedPage page() {
            return new AffectedPage(
                    affected,
                    gaining,
                    affected - gaining,
                    List.copyOf(items),
                    more ? items.getLast().key() : null);
        }
    }
}
