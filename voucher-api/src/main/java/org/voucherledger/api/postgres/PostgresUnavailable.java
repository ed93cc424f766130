package org.voucherledger.api.postgres;

/** The ledger's own PostgreSQL cannot run here. The message says in plain words what is wrong and what to do about it. */
public final class PostgresUnavailable extends RuntimeException {

    PostgresUnavailable(String whatIsWrongAndWhatToDo) {
        super(whatIsWrongAndWhatToDo);
    }

    PostgresUnavailable(String whatIsWrongAndWhatToDo, Throwable cause) {
        super(whatIsWrongAndWhatToDo, cause);
    }
}
