package org.voucherledger.api.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What a database must be set to before the ledger acknowledges anything: a commit has reached the disk. */
public final class Durability {

    /** All of them {@code on}, or at least not {@code off}. */
    static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private Durability() {}

    /** @throws PostgresUnavailable if what this database acknowledges could be lost in a crash */
    public static void require(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : SETTINGS) {
                try (ResultSet row = statement.executeQuery("show " + setting)) {
                    row.next();
                    if (row.getString(1).equals("off")) {
                        throw new PostgresUnavailable("This PostgreSQL has " + setting
                                + " turned off, so what it acknowledges could be lost in a crash. Turn " + setting
                                + " on and start the ledger again.");
                    }
                }
            }
        }
    }
}
