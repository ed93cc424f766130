package org.voucherledger.projections.evidence;

import java.util.Optional;
import org.voucherledger.projections.sealedlog.EventLeaf;

/** Keeps the books of a whole ledger while its events go by. */
public interface BooksOfAFile {

    /** What of ALL-03 does not hold after this event, as a sentence; empty if all of it does. */
    Optional<String> after(EventLeaf event);

    /** What does not hold where the file ends, which is where its last command ends. */
    Optional<String> atTheEnd();
}
