package org.voucherledger.api.seal;

import java.util.Optional;
import org.voucherledger.projections.books.Violation;

/** Says whether the books balance (ALL-03): nothing is sealed that does not. */
public interface BooksGuard {

    /**
     * How far the books have been looked at.
     *
     * @param upTo they balance at every position that was looked at up to this one; an event behind it is not sealed yet
     * @param violation the first, if there is one; then nothing is sealed any more
     */
    record Balance(long upTo, Optional<Violation> violation) {}

    Balance look();
}
