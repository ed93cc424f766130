package org.voucherledger.projections.evidence;

import java.util.Optional;
import org.voucherledger.projections.sealedlog.EventLeaf;

/** Keeps the books of a whole ledger while its events go by. */
@FunctionalInterface
public interface BooksOfAFile {

    /** What of ALL-03 does not hold after this event, as a sentence; empty if all of it does. */
    Optional<String> after(EventLeaf event);
}
