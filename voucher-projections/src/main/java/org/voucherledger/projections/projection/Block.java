package org.voucherledger.projections.projection;

import java.time.Instant;
import java.util.List;

/**
 * Some events of the log that follow each other, read and understood once for all copies that have come to their beginning.
 *
 * @param events those of the ledger among them; each is understood when the first copy is told of it
 * @param end what has been told when they have
 * @param full as many as a block holds, so that there may be more behind it
 * @param firstAt when the first of them was recorded; {@code null} if there is none
 */
record Block(List<Told> events, Progress end, boolean full, Instant firstAt) {

    /** The end of the log. */
    boolean isEmpty() {
        return firstAt == null;
    }
}
