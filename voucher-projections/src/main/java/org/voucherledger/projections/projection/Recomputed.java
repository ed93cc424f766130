package org.voucherledger.projections.projection;

import java.util.List;

/**
 * A view made anew from the log and laid beside the one that serves, at the same position: every row of every table, bit for bit.
 *
 * @param equal there is no difference
 * @param events how many events it was made from
 * @param tables each table with its rows on both sides and how many of them differ
 * @param first the first difference in the order of tables and keys; {@code null} if there is none
 */
public record Recomputed(String view, boolean equal, long events, List<Table> tables, Difference first) {

    /** @param differing rows that only one side has, or that are not the same bytes */
    public record Table(String name, long rows, long recomputedRows, long differing) {}

    /**
     * @param key of the row, as JSON
     * @param serving the row that is shown, as JSON; {@code null} if there is none
     * @param recomputed the row as made anew; {@code null} if there is none
     */
    public record Difference(String table, String key, String serving, String recomputed) {}
}
