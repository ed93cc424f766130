package org.voucherledger.projections.sealedlog;

/** A text or a row is not of the form that its specification demands; the message says in what, as a part of a sentence. */
public final class Unreadable extends RuntimeException {

    public Unreadable(String message) {
        super(message, null, false, false);
    }
}
