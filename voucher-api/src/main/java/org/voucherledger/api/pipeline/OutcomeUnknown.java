package org.voucherledger.api.pipeline;

/**
 * Nobody knows yet what became of a command that was received: the database cannot be asked, or the ledger is being stopped.
 * The same key will tell, and is done once. No fault of the ledger, so it carries no stack trace of its own.
 */
public final class OutcomeUnknown extends RuntimeException {

    public OutcomeUnknown(String why) {
        this(why, null);
    }

    public OutcomeUnknown(String why, Throwable cause) {
        super(why, cause, false, false);
    }
}
