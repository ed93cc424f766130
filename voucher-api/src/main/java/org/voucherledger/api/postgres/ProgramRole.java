package org.voucherledger.api.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The database role that the program works as.
 *
 * <p>Invariant: it can add to what has happened, was answered and was sealed, and can neither change nor remove any of it. The
 * tables belong to another role, as which only migrations are run.
 */
public final class ProgramRole {

    /** The migrations' name for it. */
    public static final String PLACEHOLDER = "program";

    /** Rows of these are only ever added. */
    static final List<String> ADDED_TO = List.of(
            "domain_event",
            "command_answer",
            "seal_identity",
            "seal_run",
            "seal_tile",
            "checkpoint",
            "cosignature",
            "sensitive_read",
            "upload_refusal");

    /** Whoever is a superuser, or may act as the owner, can do anything to a table, whatever is granted. */
    private static final String MAY = """
            select pg_has_role(current_user, relowner, 'MEMBER')
                or has_table_privilege(current_user, oid, 'UPDATE')
                or has_any_column_privilege(current_user, oid, 'UPDATE')
                or has_table_privilege(current_user, oid, 'DELETE')
                or has_table_privilege(current_user, oid, 'TRUNCATE')
                or has_table_privilege(current_user, oid, 'TRIGGER')
            from pg_class where oid = ('ledger.' || ?)::regclass
            """;

    private ProgramRole() {}

    /** As whom this connection works. */
    public static String of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }

    /** @throws PostgresUnavailable if this role could change what has happened */
    public static void require(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAY)) {
            for (String table : ADDED_TO) {
                statement.setString(1, table);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        throw new PostgresUnavailable("The database role " + of(connection)
                                + ", as which the ledger would work, could change or remove rows of ledger." + table
                                + ". Let one role own the database and run the migrations (SPRING_FLYWAY_USER,"
                                + " SPRING_FLYWAY_PASSWORD), and give the ledger another one"
                                + " (SPRING_DATASOURCE_USERNAME, SPRING_DATASOURCE_PASSWORD):"
                                + " docs/how-to/run-against-your-own-postgresql.md.");
                    }
                }
            }
        }
    }
}
