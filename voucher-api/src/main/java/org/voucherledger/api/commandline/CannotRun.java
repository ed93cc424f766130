package org.voucherledger.api.commandline;

/** Something outside the program is not as it must be; the message says what, in plain words, and what to do. */
public final class CannotRun extends RuntimeException {

    public CannotRun(String message) {
        super(message, null, false, false);
    }
}
