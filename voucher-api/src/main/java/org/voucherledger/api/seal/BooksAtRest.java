package org.voucherledger.api.seal;

import java.util.concurrent.TimeoutException;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.books.TrialBalance;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;

/** Holds the books as they stand against the equations of ALL-03, each time before something is sealed. */
final class BooksAtRest implements BooksGuard {

    private final Views views;
    private final Books books;

    BooksAtRest(Views views, Books books) {
        this.views = views;
        this.books = books;
    }

    @Override
    public Balance look() {
        Seen<TrialBalance> seen = read();
        return new Balance(
                seen.position(),
                seen.value().violations().stream().findFirst().map(words -> new Violation(seen.position(), words)));
    }

    private Seen<TrialBalance> read() {
        try {
            return views.read(null, books::all, BooksProjection.NAME);
        } catch (TimeoutException onlyIfAPositionIsAskedFor) {
            throw new IllegalStateException(onlyIfAPositionIsAskedFor);
        }
    }
}
