package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.voucherledger.api.postgres.LedgerDatabase;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.api.seal.SealReport;
import org.voucherledger.api.seal.SealVerification;
import org.voucherledger.api.seal.SealVerification.Known;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher seal verify}: holds the whole database against what was sealed. Ends with status 1 if anything in it is not as
 * it was sealed.
 */
@Command(
        name = "verify",
        description =
                "Hashes every event and refusal again and compares them with the tree and the signed checkpoints.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The key and the last checkpoint in the data directory are taken for known where they are there. Whoever does",
            "not trust that directory names a key and checkpoints of their own."
        })
final class SealVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the ledger (LEDGER_DATA, or ${DEFAULT-VALUE}).",
            defaultValue = "${env:LEDGER_DATA:-voucher-data}")
    private Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "An outside PostgreSQL instead of the one in the data directory.")
    private String databaseUrl;

    @Option(names = "--key", paramLabel = "KEY", description = "The log's verifier key (./voucher key prints it).")
    private String key;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "A checkpoint that was kept elsewhere; the ledger must continue it. May be given several times.")
    private List<Path> checkpoints = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Known known = new Known(key(), notes());
        SealReport report = databaseUrl == null ? ofDirectory(known) : ofUrl(known);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(SealPage.json(report));
        } else {
            SealPage.print(report, out);
        }
        out.flush();
        return report.holds() ? 0 : 1;
    }

    private Optional<NoteKey> key() {
        if (key == null) {
            return SealKey.read(SealKey.in(data)).map(SigningKey::publicKey);
        }
        try {
            return Optional.of(NoteKey.parse(key));
        } catch (Unreadable none) {
            throw new ParameterException(spec.commandLine(), "--key: " + none.getMessage());
        }
    }

    private List<SignedNote> notes() {
        var files = new ArrayList<>(checkpoints);
        Path last = data.resolve(SealKey.LAST_CHECKPOINT);
        // With a key of another log, ours say nothing.
        if (key == null && Files.exists(last)) {
            files.add(last);
        }
        return files.stream().map(this::note).toList();
    }

    private SignedNote note(Path file) {
        try {
            return SignedNote.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CannotRun("The checkpoint " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ").");
        } catch (Unreadable none) {
            throw new CannotRun("The file " + file + " is no checkpoint: " + none.getMessage() + ".");
        }
    }

    private SealReport ofDirectory(Known known) {
        try (LedgerDatabase database = LedgerDatabase.in(data);
                Connection connection = database.open()) {
            return verified(connection, known);
        } catch (SQLException e) {
            throw new CannotRun("The database in " + data + " cannot be read: " + e.getMessage());
        }
    }

    private SealReport ofUrl(Known known) {
        Map<String, String> settings = new DatabaseUrl(spec, databaseUrl).settings();
        var login = new Properties();
        Optional.ofNullable(settings.getOrDefault(
                        "spring.datasource.username", System.getenv("SPRING_DATASOURCE_USERNAME")))
                .ifPresent(user -> login.setProperty("user", user));
        Optional.ofNullable(settings.getOrDefault(
                        "spring.datasource.password", System.getenv("SPRING_DATASOURCE_PASSWORD")))
                .ifPresent(password -> login.setProperty("password", password));
        try (Connection connection = DriverManager.getConnection(settings.get("spring.datasource.url"), login)) {
            return verified(connection, known);
        } catch (SQLException e) {
            throw new CannotRun("The database cannot be read: " + e.getMessage());
        }
    }

    /** In one snapshot, however long it takes: whoever writes meanwhile is not in it and is not held up. */
    private static SealReport verified(Connection connection, Known known) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = 0; set idle_in_transaction_session_timeout = 0");
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        SealReport report = SealVerification.verify(connection, known);
        connection.rollback();
        return report;
    }
}
