package org.voucherledger.projections.books;

import java.util.List;
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

    private final Buckets buckets;

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
        new BookKeeping(events, tables, buckets).keep();
    }
}
