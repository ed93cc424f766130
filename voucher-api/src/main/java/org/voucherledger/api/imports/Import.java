package org.voucherledger.api.imports;

import java.time.Instant;

/**
 * An import as it stands now.
 *
 * @param fileName as the caller named it; empty if it did not
 * @param form what the file turned out to be; empty until it was looked at
 * @param mode {@code GOOD_ROWS} keeps what is good, {@code ALL_OR_NOTHING} does nothing where a single row is not
 * @param complete whether who is not on the list is cleared
 * @param rowsRead how many rows that are not blank have been looked at
 * @param rowsDone how many stand in the ledger as they say, by this import
 * @param rowsUnchanged how many stood so before
 * @param rowsRefused how many have a flaw or were refused by a rule; the report says why
 * @param rowsLeft how many are still to be done
 * @param cleared how many were taken off the list because a complete one does not name them
 * @param problem why the import as a whole ended otherwise, {@code null} where it did not
 */
record Import(
        String id,
        ListKind kind,
        String fileName,
        String fileSha256,
        String form,
        Mode mode,
        boolean dryRun,
        boolean complete,
        State state,
        String actor,
        Instant receivedAt,
        Instant finishedAt,
        long rowsRead,
        long rowsDone,
        long rowsUnchanged,
        long rowsRefused,
        long rowsLeft,
        long cleared,
        String problem) {

    /** What becomes of the good rows of a file that has bad ones. */
    enum Mode {
        GOOD_ROWS,
        ALL_OR_NOTHING
    }

    /** How far it is. */
    enum State {
        /** It waits for its turn. */
        RECEIVED,
        /** Its rows are looked at; nothing has been done. */
        CHECKING,
        /** Its rows are done, in the order of the file. */
        WORKING,
        /** Every row is done, stood so before, or is in the report. */
        DONE,
        /** Nothing was done: the file cannot be read, or it was to be all or nothing. */
        REFUSED,
        /** It has broken off. Sending the file again goes on where it was, because what stands is not done again. */
        BROKEN_OFF;

        boolean isOver() {
            return this == DONE || this == REFUSED || this == BROKEN_OFF;
        }
    }
}
