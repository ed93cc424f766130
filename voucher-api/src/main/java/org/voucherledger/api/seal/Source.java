package org.voucherledger.api.seal;

import org.springframework.jdbc.core.RowMapper;
import org.voucherledger.projections.sealedlog.Leaf;

/** What becomes leaves: the rows of a table in the order of their numbers, which the database draws and never draws twice. */
enum Source {
    EVENT(
            "ledger.domain_event",
            "global_index",
            "recorded_at",
            "true",
            LeafRows.EVENT_COLUMNS,
            "an event",
            (row, n) -> LeafRows.event(row)),
    REFUSAL(
            "ledger.command_answer",
            "id",
            "received_at",
            "outcome = 'REFUSED'",
            LeafRows.REFUSAL_COLUMNS,
            "a refusal",
            (row, n) -> LeafRows.refusal(row)),
    UPLOAD(
            "ledger.upload_refusal",
            "id",
            "received_at",
            "true",
            LeafRows.UPLOAD_COLUMNS,
            "a refused upload",
            (row, n) -> LeafRows.upload(row));

    private final String table;
    private final String number;
    private final String moment;
    private final String isLeaf;
    private final String columns;
    private final String words;
    private final RowMapper<? extends Leaf> leaf;

    Source(
            String table,
            String number,
            String moment,
            String isLeaf,
            String columns,
            String words,
            RowMapper<? extends Leaf> leaf) {
        this.table = table;
        this.number = number;
        this.moment = moment;
        this.isLeaf = isLeaf;
        this.columns = columns;
        this.words = words;
        this.leaf = leaf;
    }

    String table() {
        return table;
    }

    /** For a sentence. */
    String words() {
        return words;
    }

    RowMapper<? extends Leaf> leaf() {
        return leaf;
    }

    /** Every row that is a leaf, or could have become one. */
    String all() {
        return "select " + columns + " from " + table + " where " + isLeaf + " order by " + number;
    }

    /** Every row from one number to another, both included, that is a leaf. */
    String leavesBetween() {
        return "select " + columns + " from " + table + " where " + isLeaf + " and " + number
                + " between ? and ? order by " + number;
    }

    /** The numbers that follow another one, whether they are leaves, and the rows that are; so many at most. */
    String following() {
        return "select " + columns + ", " + isLeaf + " from " + table + " where " + number + " > ? and " + number
                + " <= ? order by " + number + " limit ?";
    }

    /** How many rows that are leaves, or should have become some, are behind a number and not behind another. */
    String countBetween() {
        return "select count(*) from " + table + " where " + isLeaf + " and " + number + " > ? and " + number + " <= ?";
    }

    /** When the first row that is a leaf behind a number was recorded, looking no further than to another one. */
    String firstMoment() {
        return "select " + moment + " from " + table + " where " + isLeaf + " and " + number + " > ? and " + number
                + " <= ? order by " + number + " limit 1";
    }

    /** Whether there is a row of this number, leaf or not. */
    String isThere() {
        return "select exists (select from " + table + " where " + number + " = ?)";
    }

    String last() {
        return "select coalesce(max(" + number + "), 0) from " + table;
    }
}
