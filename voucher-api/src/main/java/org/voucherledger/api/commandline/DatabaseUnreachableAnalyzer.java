package org.voucherledger.api.commandline;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in a sentence why an outside PostgreSQL cannot be used: it is not there, or does not let us in. */
final class DatabaseUnreachableAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private final Environment settings;

    DatabaseUnreachableAnalyzer(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
        String url = DatabaseUrl.withoutSecrets(settings.getProperty("spring.datasource.url", "the database"));
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        if (state.startsWith("08")) {
            return new FailureAnalysis(
                    "No PostgreSQL answers at " + url + ": " + cause.getMessage(),
                    "Start it, or correct --database-url.",
                    cause);
        }
        if (state.startsWith("28")) {
            return new FailureAnalysis(
                    "The PostgreSQL at " + url + " does not let the ledger in: " + cause.getMessage(),
                    "Set SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD in the environment.",
                    cause);
        }
        if (state.startsWith("3D")) {
            return new FailureAnalysis(
                    "The PostgreSQL at " + url + " has no such database: " + cause.getMessage(),
                    "Create it (createdb), or correct --database-url.",
                    cause);
        }
        return null;
    }
}
