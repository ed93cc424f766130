package org.voucherledger.api.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** One embedded server for all tests of a run, with the settings of the real one. */
public final class TestPostgres {

    /** Unpacked once for all runs. */
    public static final Path BINARIES = Path.of("target", "postgres-binaries");

    private static LedgerPostgres server;

    private TestPostgres() {}

    /** The database through a pool like the program's, migrated and without anything of an earlier test. */
    public static HikariDataSource emptyLedger() {
        HikariDataSource pool = pool();
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/ledger")
                .load()
                .migrate();
        new JdbcTemplate(pool)
                .execute("truncate ledger.domain_event, ledger.command_answer, ledger.lane," + " ledger.clock");
        return pool;
    }

    /** Another pool on the same database, as another program has it. */
    public static HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(server().jdbcUrl());
        config.setUsername(server().user());
        config.setPassword(server().password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    /** A server of its own on this directory. */
    public static LedgerPostgres startIn(Path directory) {
        return LedgerPostgres.start(directory, Optional.of(BINARIES));
    }

    private static synchronized LedgerPostgres server() {
        if (server == null) {
            try {
                Path data = Files.createTempDirectory("ledger-test-");
                server = startIn(data);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    FileSystemUtils.deleteRecursively(data.toFile());
                }));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }
}
