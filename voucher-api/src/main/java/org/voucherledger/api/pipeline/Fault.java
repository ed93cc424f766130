package org.voucherledger.api.pipeline;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What kind of trouble an exception means for the commands that were being run. */
enum Fault {
    /** The database cannot be reached or broke the transaction off; whether the commit arrived is unknown. */
    UNREACHABLE,
    /** Somebody else continued the same stream or used the same key first; fresh state will tell. */
    CONFLICT,
    /** Something in the commands or the code; other commands may be free of it. */
    OWN;

    private static final String UNIQUE_VIOLATION = "23505";

    static Fault of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return UNREACHABLE;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
        }
        return OWN;
    }

    private static Fault ofState(String state) {
        if (state.equals(UNIQUE_VIOLATION)) {
            return CONFLICT;
        }
        return switch (state.substring(0, 2)) {
            // connection, rollback (deadlock), resources, operator (shutdown), system. A transaction that the server
            // ended
            // because it took too long (25) is not among them: one of its commands may be why.
            case "08", "40", "53", "57", "58" -> UNREACHABLE;
            default -> OWN;
        };
    }
}
