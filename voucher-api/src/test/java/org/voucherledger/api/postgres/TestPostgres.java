package org.voucherledger.api.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
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
        migrate(pool);
        new JdbcTemplate(pool)
                .execute(
                        "truncate ledger.domain_event, ledger.snapshot, ledger.command_answer, ledger.upload_refusal, ledger.lane, ledger.clock,"
                                + " ledger.seal_identity, ledger.seal_run, ledger.seal_tile, ledger.seal_edge,"
                                + " ledger.checkpoint, ledger.cosignature");
        return pool;
    }

    /** The ledger's migrations, as the owner of the tables, for the role of the embedded server's program. */
    public static void migrate(DataSource owner) {
        Flyway.configure()
                .dataSource(owner)
                .defaultSchema("public")
                .locations("classpath:db/ledger")
                .placeholders(Map.of(ProgramRole.PLACEHOLDER, LedgerPostgres.PROGRAM))
                .load()
                .migrate();
    }

    /** Another pool on the same database, for a test that may do everything there. */
    public static HikariDataSource pool() {
        return pool(server().owner());
    }

    /** A pool on the same database as the program has it: as the role that cannot change what has happened. */
    public static HikariDataSource programPool() {
        return pool(server().program());
    }

    private static HikariDataSource pool(LedgerPostgres.Login login) {
        var config = new HikariConfig();
        config.setJdbcUrl(server().jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
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
