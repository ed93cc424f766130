package org.voucherledger.benchmark.raw;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.voucherledger.benchmark.scene.BenchLedger;

/** COPY, the fastest way into a table that PostgreSQL has: the rows of many commands in one transaction. */
public final class CopyIn {

    private static final String EVENTS = "raw.event (event_identifier, aggregate_identifier, sequence_number, type,"
            + " recorded_at, payload_type, payload_revision, payload, meta_data)";
    private static final String ANSWERS = "raw.answer (actor, idempotency_key, body_sha256, command_type, role,"
            + " on_behalf_of, received_at, outcome, answer, position)";

    private final BenchLedger ledger;
    private final RawRows rows;

    private CopyIn(BenchLedger ledger, RawRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /** @param commandId of a command that stands for all */
    public static CopyIn like(BenchLedger ledger, String commandId) {
        return new CopyIn(ledger, RawRows.of(ledger, commandId));
    }

    /** Commands a second. The rows are made, and copied out as text, before the clock starts. */
    public double rate(int commands) {
        RawRows.clear(ledger);
        try (Connection connection = DriverManager.getConnection(
                ledger.pool().getJdbcUrl(),
                ledger.pool().getUsername(),
                ledger.pool().getPassword())) {
            try (var statement = connection.createStatement()) {
                for (int made = 0; made < commands; made++) {
                    statement.addBatch(rows.statement(1));
                }
                connection.setAutoCommit(false);
                statement.executeBatch();
                connection.commit();
            }
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            String events = out(copy, EVENTS);
            String answers = out(copy, ANSWERS);
            connection.commit();
            RawRows.clear(ledger);
            long begun = System.nanoTime();
            copy.copyIn("copy " + EVENTS + " from stdin", new StringReader(events));
            copy.copyIn("copy " + ANSWERS + " from stdin", new StringReader(answers));
            connection.commit();
            return commands * 1e9 / (System.nanoTime() - begun);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String out(CopyManager copy, String columns) throws SQLException, IOException {
        var text = new StringWriter();
        copy.copyOut("copy " + columns + " to stdout", text);
        return text.toString();
    }
}
