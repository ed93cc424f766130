package org.voucherledger.api.commandline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.voucherledger.api.postgres.LedgerDatabase;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which a command finds the database that it reads beside a running ledger, or while none runs. */
final class DatabaseToRead {

    /** What is asked of the database. */
    @FunctionalInterface
    interface Question<T> {
        T of(Connection snapshot) throws SQLException;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "An outside PostgreSQL instead of the one in the data directory.")
    private String databaseUrl;

    Path data() {
        return data.path();
    }

    /**
     * Asks in one snapshot, however long it takes: whoever writes meanwhile is not in it and is not held up.
     *
     * @throws CannotRun where the database cannot be read
     */
    <T> T read(Question<T> question) {
        return with(connection -> inASnapshot(connection, question));
    }

    /**
     * Asks over a connection in no transaction, on which something can be written, too.
     *
     * @throws CannotRun where the database cannot be used
     */
    <T> T with(Question<T> question) {
        return databaseUrl == null ? ofDirectory(question) : ofUrl(question);
    }

    private <T> T ofDirectory(Question<T> question) {
        try (LedgerDatabase database = LedgerDatabase.in(data());
                Connection connection = database.open()) {
            return question.of(connection);
        } catch (SQLException e) {
            throw new CannotRun("The database in " + data() + " cannot be read: " + e.getMessage());
        }
    }

    private <T> T ofUrl(Question<T> question) {
        Map<String, String> settings = new DatabaseUrl(spec, databaseUrl).settings();
        var login = new Properties();
        setting(settings, "spring.datasource.username", "SPRING_DATASOURCE_USERNAME")
                .ifPresent(user -> login.setProperty("user", user));
        setting(settings, "spring.datasource.password", "SPRING_DATASOURCE_PASSWORD")
                .ifPresent(password -> login.setProperty("password", password));
        try (Connection connection = DriverManager.getConnection(settings.get("spring.datasource.url"), login)) {
            return question.of(connection);
        } catch (SQLException e) {
            throw new CannotRun("The database cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> setting(Map<String, String> settings, String name, String variable) {
        return Optional.ofNullable(settings.getOrDefault(name, System.getenv(variable)));
    }

    private static <T> T inASnapshot(Connection connection, Question<T> question) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction_timeout = 0; set idle_in_transaction_session_timeout = 0");
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        T answer = question.of(connection);
        connection.rollback();
        return answer;
    }
}
