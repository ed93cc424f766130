package org.voucherledger.domain.command;

/**
 * Something somebody wants done. A command is a record of identifiers, whole fen, dates and texts; its constructor refuses
 * what can never be meant with {@link Malformed}. Whether it may be done is decided by its handler.
 */
public interface Command {

    /** Why, in the words of whoever acts; recorded with every event it causes (ALL-04). Empty if nothing was said. */
    default String reason() {
        return "";
    }
}
