package org.voucherledger.projections.architecture.violating.books;

import java.time.Instant;
import org.voucherledger.projections.architecture.violating.account.AccountOfABook;

/** Breaks "no clock", and one half of "no cycles". */
public final class BookedNow {

    Instant at() {
        return Instant.now();
    }

    AccountOfABook account() {
        return new AccountOfABook();
    }
}
