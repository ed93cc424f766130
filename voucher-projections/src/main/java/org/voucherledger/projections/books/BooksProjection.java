package org.voucherledger.projections.books;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * The books: each event that moves money or a memorandum, as postings between the rulebook's accounts, with what is needed to
 * say the balance of any scope at any past position from a bounded number of rows, and with the first prefix of the log at which
 * ALL-03 does not hold.
 */
public final class BooksProjection implements Projection {

    public static final String NAME = "books";

    private static final Logger LOG = LoggerFactory.getLogger(BooksProjection.class);

    private final Buckets buckets;
    private final AtomicReference<Violation> alarmed = new AtomicReference<>();

    public BooksProjection() {
        this(Buckets.USUAL);
    }

    BooksProjection(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new BookKeeping(events, tables, buckets).keep().ifPresent(this::alarm);
    }

    /** Once, however often the same log is told again: to a copy that is rebuilt, or after a transaction that failed. */
    private void alarm(Violation violation) {
        if (!violation.equals(alarmed.getAndSet(violation))) {
            LOG.error(
                    "ALL-03: the books do not balance from position {} on: {}",
                    violation.position(),
                    violation.sentence());
        }
    }
}
