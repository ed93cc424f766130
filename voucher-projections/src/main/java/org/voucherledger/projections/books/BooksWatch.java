package org.voucherledger.projections.books;

import java.util.Optional;
import org.voucherledger.projections.projection.Progress;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Views;

/**
 * Says up to where the running books have found ALL-03 to hold. The books check every event as they post it, in the transaction
 * that posts it, so the answer is durable and is the same after a restart.
 *
 * <p>Whoever seals the log asks this before: what the books have not reached, or have found to be wrong, is not to be sealed.
 */
public final class BooksWatch {

    /**
     * Where the books stand.
     *
     * @param checked what they have been told, and so have checked
     * @param violation the first prefix at which ALL-03 does not hold, if there is one
     */
    public record Standing(Progress checked, Optional<Violation> violation) {

        /** ALL-03 holds at every prefix up to this one, this one included, and all of them have been checked. */
        public boolean balancedAt(long position) {
            return checked.hasReached(position)
                    && violation.map(v -> position < v.position()).orElse(true);
        }

        /** The last position at which the books are known to balance; {@code -1} before the first event. */
        public long balancedUpTo() {
            return violation
                    .map(v -> Math.min(v.position() - 1, checked.position()))
                    .orElse(checked.position());
        }
    }

    private final Views views;
    private final Projections projections;
    private final Books books;

    public BooksWatch(Views views, Projections projections, Books books) {
        this.views = views;
        this.projections = projections;
        this.books = books;
    }

    public Standing standing() {
        return views.readNow(
                () -> new Standing(projections.positions().progress(BooksProjection.NAME), books.violation()));
    }
}
