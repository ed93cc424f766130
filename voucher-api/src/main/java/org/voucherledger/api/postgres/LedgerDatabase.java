package org.voucherledger.api.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The database in a data directory, for one who reads it beside its ledger or while no ledger runs. It works as the program's
 * role, which can change nothing that has happened.
 */
public final class LedgerDatabase implements AutoCloseable {

    private final String url;
    private final LedgerPostgres.Login login;
    private final Runnable end;

    private LedgerDatabase(String url, LedgerPostgres.Login login, Runnable end) {
        this.url = url;
        this.login = login;
        this.end = end;
    }

    /**
     * Finds its server running, or starts it for the moment.
     *
     * @throws PostgresUnavailable if there is no database in this directory, or it cannot run
     */
    public static LedgerDatabase in(Path directory) {
        return in(directory, Optional.empty());
    }

    /** @param binaries where the programs are unpacked, if not in the data directory */
    static LedgerDatabase in(Path directory, Optional<Path> binaries) {
        Path cluster = directory.toAbsolutePath().normalize().resolve(DataDirectory.CLUSTER);
        if (!Files.isDirectory(cluster)) {
            throw new PostgresUnavailable("There is no ledger in " + directory.toAbsolutePath()
                    + ". Name its data directory with --data, or its database with --database-url.");
        }
        try {
            Optional<RunningServer> running = RunningServer.of(cluster.toRealPath());
            if (running.isPresent()) {
                return new LedgerDatabase(
                        LedgerPostgres.jdbcUrl(running.get().port()), LedgerPostgres.programOf(directory), () -> {});
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be read", e);
        }
        LedgerPostgres postgres = LedgerPostgres.start(directory, binaries);
        return new LedgerDatabase(postgres.jdbcUrl(), postgres.program(), postgres::close);
    }

    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, login.user(), login.password());
    }

    @Override
    public void close() {
        end.run();
    }
}
