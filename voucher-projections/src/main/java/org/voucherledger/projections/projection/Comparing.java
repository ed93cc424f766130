package org.voucherledger.projections.projection;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** One table of two copies of a view, row by row in the order of its key; rows are compared by their bytes. */
final class Comparing {

    private final JdbcTemplate jdbc;
    private final String table;
    private final List<String> key;
    private final String joined;

    Comparing(JdbcTemplate jdbc, String table, Slot serving, Slot recomputed) {
        this.jdbc = jdbc;
        this.table = table;
        this.key = key(serving);
        if (key.isEmpty()) {
            throw new IllegalStateException(serving.schema() + "." + table + " has no primary key to compare it by");
        }
        this.joined = " from " + serving.schema() + "." + table + " s full join " + recomputed.schema() + "." + table
                + " r on " + key.stream().map(k -> "s." + k + " = r." + k).collect(Collectors.joining(" and "));
    }

    private List<String> key(Slot slot) {
        return jdbc.queryForList("""
                select a.attname from pg_index i
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                where i.indrelid = (? || '.' || ?)::regclass and i.indisprimary
                order by array_position(i.indkey::int2[], a.attnum)
                """, String.class, slot.schema(), table);
    }

    /** The image of a row, because two numbers may be equal and yet be written otherwise. */
    private String differs() {
        return "(" + isMissing("s") + " or " + isMissing("r") + " or s.* *<> r.*)";
    }

    private String isMissing(String side) {
        return side + "." + key.getFirst() + " is null";
    }

    Recomputed.Table counts() {
        return jdbc.queryForObject(
                "select count(*) filter (where not " + isMissing("s") + "), count(*) filter (where not "
                        + isMissing("r") + "), count(*) filter (where " + differs() + ")" + joined,
                (row, n) -> new Recomputed.Table(table, row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    Recomputed.Difference first() {
        String keys =
                key.stream().map(k -> "coalesce(s." + k + ", r." + k + ")").collect(Collectors.joining(", "));
        return jdbc.queryForObject(
                "select jsonb_build_array(" + keys + ")::text, case when not " + isMissing("s")
                        + " then to_jsonb(s.*)::text end, case when not " + isMissing("r")
                        + " then to_jsonb(r.*)::text end" + joined + " where " + differs() + " order by " + keys
                        + " limit 1",
                (row, n) -> new Recomputed.Difference(table, row.getString(1), row.getString(2), row.getString(3)));
    }
}
