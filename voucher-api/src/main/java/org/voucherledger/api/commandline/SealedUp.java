package org.voucherledger.api.commandline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.voucherledger.api.postgres.LedgerDatabase;

/** Waits until a running ledger has sealed everything that has happened in it. */
final class SealedUp {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String BEHIND = """
            select (select count(*) from ledger.domain_event
                        where global_index > coalesce((select max(last_position) from ledger.checkpoint), 0))
                + (select count(*) from ledger.command_answer where outcome = 'REFUSED'
                        and id > coalesce((select max(last_answer) from ledger.checkpoint), 0))
                + (select count(*) from ledger.upload_refusal
                        where id > coalesce((select max(last_upload) from ledger.checkpoint), 0))
            """;

    private SealedUp() {}

    /** @param data the ledger's data directory */
    static void await(Path data) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try (LedgerDatabase database = LedgerDatabase.in(data);
                Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            while (behind(statement) > 0) {
                if (System.nanoTime() > until) {
                    throw new CannotRun("The ledger in " + data + " was not sealed within " + PATIENCE.toSeconds()
                            + " seconds; see its log.");
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (SQLException e) {
            throw new CannotRun("The database in " + data + " cannot be read: " + e.getMessage());
        }
    }

    private static long behind(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(BEHIND)) {
            row.next();
            return row.getLong(1);
        }
    }
}
