package org.voucherledger.api.pipeline;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;

/** What kind of trouble an exception means for what was being run: commands, a question, a sweep. */
public enum Fault {
    /** The database cannot be reached, broke the transaction off or warned at its commit, whose outcome is then unknown. */
    UNREACHABLE,
    /** Somebody else continued the same stream or used the same key first; fresh state will tell. */
    CONFLICT,
    /** Something in the commands or the code; other commands may be free of it. */
    OWN;

    private static final String UNIQUE_VIOLATION = "23505";
    /** Somebody, or a time limit, ended this one statement; the database is well, and the command may be why. */
    private static final String STATEMENT_CANCELLED = "57014";
    /** The server gave a program up that was silent in the middle of its transaction: it was frozen, not its command. */
    private static final String SILENT_IN_TRANSACTION = "25P03";
    /** This is a standby, or a primary that became one: another connection will find the one that writes. */
    private static final String READ_ONLY = "25006";

    /** Judged by the first of its causes that says anything of the database. */
    public static Fault of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException || cause instanceof SQLWarning) {
                return UNREACHABLE;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
        }
        return OWN;
    }

    private static Fault ofState(String state) {
        return switch (state) {
            case UNIQUE_VIOLATION -> CONFLICT;
            case STATEMENT_CANCELLED -> OWN;
            case SILENT_IN_TRANSACTION, READ_ONLY -> UNREACHABLE;
            default -> ofClass(state.substring(0, 2));
        };
    }

    /** A transaction that took too long (25P04) is the commands' own: one of them may be why. */
    private static Fault ofClass(String state) {
        return switch (state) {
            // connection, rollback (deadlock), resources, operator (shutdown), system
            case "08", "40", "53", "57", "58" -> UNREACHABLE;
            default -> OWN;
        };
    }
}
