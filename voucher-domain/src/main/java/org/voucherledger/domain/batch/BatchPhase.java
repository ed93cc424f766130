package org.voucherledger.domain.batch;

/** How far a batch has come. */
public enum BatchPhase {
    /** Opened; applications are received inside the window. */
    OPEN,
    /** No further application; the queue is being granted. */
    ENDED,
    /** Nothing more is granted before publication; the rest of the queue is being told. */
    GRANTED,
    /** Vouchers are usable; backfill may follow. */
    PUBLISHED,
    CLOSED
}
