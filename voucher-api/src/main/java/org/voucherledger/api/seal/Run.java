package org.voucherledger.api.seal;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows that became leaves one after the other.
 *
 * @param firstLeaf the index of the first
 * @param firstSource the number of its row; of events the numbers up to {@code lastSource} have no holes
 */
record Run(Source source, long firstLeaf, long firstSource, long lastSource, long length) {

    static final String COLUMNS = "kind, first_leaf, first_source, last_source, length";

    static Run of(ResultSet row) throws SQLException {
        return new Run(
                Source.valueOf(row.getString(1)), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    /** Whether the ledger can have written it: there are as many numbers as rows at least, of events just as many. */
    boolean isPossible() {
        long numbers = lastSource - firstSource + 1;
        return length > 0 && firstSource > 0 && (source == Source.EVENT ? numbers == length : numbers >= length);
    }

    /** The index of the leaf that the event at this position is, which is one of this run. */
    long leafOf(long position) {
        return firstLeaf + position - firstSource;
    }

    /** The index behind its last leaf. */
    long end() {
        return firstLeaf + length;
    }
}
