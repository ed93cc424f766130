package org.voucherledger.projections.architecture.violating.account;

import org.voucherledger.projections.architecture.violating.books.BookedNow;

/** The other half of "no cycles". */
public final class AccountOfABook {

    BookedNow book() {
        return new BookedNow();
    }
}
