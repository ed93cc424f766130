package org.voucherledger.benchmark.replay;

import java.util.List;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** A view that shows nothing: it is told every event, as every other is, and leaves it at that. */
public final class Noop implements Projection {

    static final String NAME = "noop";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {}
}
