package org.voucherledger.api.progress;

/**
 * Something that is done in many transactions, and how far it is.
 *
 * @param subject the batch, the import, or what is swept
 * @param done how many are done
 * @param of how many there were to be done when it began
 */
public record LongRun(Kind kind, String subject, long done, long of) {

    /** What is done. */
    public enum Kind {
        /** A queue's applications are decided, until the money or the queue ends (GZ-12). */
        GRANTING,
        /** Those that were not granted are told; with the last of them the grant is published (GZ-12). */
        PUBLISHING,
        /** What time has brought about is recorded (GZ-25, GZ-30, GZ-33). */
        SWEEPING,
        /** The rows of a list are done. */
        IMPORTING
    }

    long left() {
        return Math.max(0, of - done);
    }
}
