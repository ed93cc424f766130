package org.voucherledger.projections.affected;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.voucherledger.projections.projection.Tables;

/** Writes those whom one decision affects, a page in memory at a time; what is left over is written when it is closed. */
public final class Recording implements Consumer<Affected>, AutoCloseable {

    private static final int PAGE = 1_000;

    private final long decision;
    private final Tables tables;
    private final List<Object[]> rows = new ArrayList<>();

    /** @param decision its position in the log */
    public Recording(long decision, Tables tables) {
        this.decision = decision;
        this.tables = tables;
    }

    @Override
    public void accept(Affected each) {
        rows.add(each.row(decision));
        if (rows.size() == PAGE) {
            close();
        }
    }

    @Override
    public void close() {
        tables.write(Affected.WRITE, rows);
        rows.clear();
    }
}
