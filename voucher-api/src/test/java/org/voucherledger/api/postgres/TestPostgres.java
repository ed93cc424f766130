package org.voucherledger.api.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.util.FileSystemUtils;

/** One embedded server for all tests of a run, with the settings of the real one, and a fresh database for whoever asks. */
public final class TestPostgres {

    /** Unpacked once for all runs. */
    public static final Path BINARIES = Path.of("target", "postgres-binaries");

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static LedgerPostgres server;

    private TestPostgres() {}

    /** A migrated database of its own, through a pool like the program's. */
    public static HikariDataSource freshLedger() {
        HikariDataSource pool = pool(freshDatabase());
        migrate(pool);
        return pool;
    }

    public static HikariDataSource pool(String database) {
        var config = new HikariConfig();
        config.setJdbcUrl(server().jdbcUrl().replaceAll("/ledger$", "/" + database));
        config.setUsername(server().user());
        config.setPassword(server().password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    public static String freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(server().jdbcUrl(), server().user(), server().password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/ledger")
                .load()
                .migrate();
    }

    private static synchronized LedgerPostgres server() {
        if (server == null) {
            try {
                Path data = Files.createTempDirectory("ledger-test-");
                server = LedgerPostgres.start(data, Optional.of(BINARIES));
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
