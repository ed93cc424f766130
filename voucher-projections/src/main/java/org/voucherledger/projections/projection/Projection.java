package org.voucherledger.projections.projection;

import java.util.List;

/**
 * A view as a fold over every event of the ledger.
 *
 * <p>A projection is told each event exactly once per copy, in the order of the log within each stream, and writes only to
 * the tables of the copy it is handed; the machinery keeps the position in the same transaction and leaves out what was
 * told before. Its tables and the SQL views over them stand in {@code <name>.sql} next to the class.
 */
public interface Projection {

    /** Lower-case letters: names its schemas, its SQL resource and its processors. */
    String name();

    /** Raised whenever the same events would be told otherwise than before, so that the view is rebuilt. */
    default int version() {
        return 1;
    }

    /** Folds new events into the tables, in one go for the whole batch. */
    void tell(List<Told> events, Tables tables);
}
