package org.voucherledger.api.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The ledger's own PostgreSQL: nothing to install, data that stays.
 *
 * <p>Invariants: what it acknowledges is on the disk; it listens on the loopback address only and asks for a password; its
 * server outlives a killed program and is found again by the next one.
 */
public final class LedgerPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerPostgres.class);
    /** Owns the database and its tables: only migrations are run as this one. */
    private static final String OWNER = "voucher";
    /** As whom the program itself works, see the grants that follow every migration. */
    static final String PROGRAM = "voucher_program";

    private static final String DATABASE = "ledger";
    private static final int STARTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A transaction that lasts longer is ended by the server, long before a reader gives up waiting for its events. */
    public static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(10);

    /** A program that freezes in the middle of a transaction loses its lane after this. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** A role of the server and its password. */
    public record Login(String user, String password) {}

    private final DataDirectory data;
    private final PostgresProgram programs;
    private final Login owner;
    private final Login program;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch;

    private LedgerPostgres(DataDirectory data, PostgresProgram programs, int port) throws IOException {
        this.data = data;
        this.programs = programs;
        this.owner = new Login(OWNER, data.password());
        this.program = new Login(PROGRAM, data.programPassword());
        this.port = port;
        this.watch = Thread.ofPlatform().name("postgres-watch").daemon().unstarted(this::watch);
    }

    /**
     * Starts the server on this directory, or finds it running there.
     *
     * @throws PostgresUnavailable with a plain sentence, where it cannot run
     */
    public static LedgerPostgres start(Path directory) {
        return start(directory, Optional.empty());
    }

    /** @param binaries where the programs are unpacked, if not in the data directory */
    static LedgerPostgres start(Path directory, Optional<Path> binaries) {
        DataDirectory data = DataDirectory.open(directory);
        try {
            var programs = new PostgresProgram(PostgresBinaries.in(binaries.orElse(data.binaries())));
            programs.requireRunnable();
            data.password();
            if (!Files.isDirectory(data.cluster())) {
                makeCluster(data, programs);
            }
            var postgres = new LedgerPostgres(data, programs, serve(data, programs));
            postgres.prepare();
            postgres.watch.start();
            return postgres;
        } catch (IOException | SQLException e) {
            data.close();
            throw new PostgresUnavailable(
                    "PostgreSQL on " + data + " cannot be used: " + e.getMessage() + ". See " + data.log() + ".", e);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    public String jdbcUrl() {
        return jdbcUrl(port);
    }

    static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** As whom the program of this directory works, for one who reads beside it. */
    static Login programOf(Path directory) throws IOException {
        return new Login(
                PROGRAM,
                Files.readString(directory.resolve(DataDirectory.PROGRAM_PASSWORD))
                        .strip());
    }

    /** Who may change the tables; for migrations and for nothing else. */
    public Login owner() {
        return owner;
    }

    /** Who adds to what has happened and cannot change it. */
    public Login program() {
        return program;
    }

    public int port() {
        return port;
    }

    /** Stops the server in good order; the data stays. */
    @Override
    public void close() {
        endWatch();
        var stopped = programs.run(
                "pg_ctl", "-D", data.cluster().toString(), "-m", "fast", "-w", "-t", seconds(PATIENCE), "stop");
        if (!stopped.succeeded()) {
            LOG.warn("PostgreSQL did not stop: {}", stopped.output().strip());
        }
        data.close();
    }

    /** Lets go of the directory and leaves the server running, as a killed program does. */
    void abandon() {
        endWatch();
        data.close();
    }

    /**
     * A server that dies under a living program is started again, at the same port, where the program looks for it. Whatever
     * goes wrong with that is said, and tried again at the next look: nobody else would.
     */
    private void watch() {
        try {
            while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                lookAfterServer();
            }
        } catch (InterruptedException e) {
            LOG.error("PostgreSQL on {} is no longer looked after; start the ledger again.", data, e);
        }
    }

    private void lookAfterServer() {
        try {
            if (RunningServer.of(data.cluster()).isEmpty()) {
                LOG.warn("PostgreSQL on {} has died; it is started again.", data);
                clearRemains(data);
                var started = startAt(port, data, programs);
                if (!started.succeeded()) {
                    LOG.error(
                            "PostgreSQL on {} did not start: {}",
                            data,
                            started.output().strip());
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("PostgreSQL on {} cannot be looked after at the moment.", data, e);
        }
    }

    private void endWatch() {
        closing.countDown();
        try {
            watch.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void makeCluster(DataDirectory data, PostgresProgram programs) throws IOException {
        FileSystemUtils.deleteRecursively(data.unfinishedCluster());
        var made = programs.run(
                "initdb",
                "--pgdata=" + data.unfinishedCluster(),
                "--username=" + OWNER,
                "--pwfile=" + data.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
        if (!made.succeeded()) {
            throw new PostgresUnavailable("The database could not be made in " + data + ": "
                    + made.output().strip() + ". Choose another data directory or name an outside database.");
        }
        Files.move(data.unfinishedCluster(), data.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The port of the server, running. */
    private static int serve(DataDirectory data, PostgresProgram programs) throws IOException {
        Optional<RunningServer> running = RunningServer.of(data.cluster());
        if (running.isPresent()) {
            LOG.info("PostgreSQL of an earlier start is still running on {}; it is used again.", data);
            data.keepPort(running.get().port());
            return running.get().port();
        }
        clearRemains(data);
        String said = "";
        for (int attempt = 1; attempt <= STARTS; attempt++) {
            int port = usablePort(data.port());
            data.keepPort(port);
            var started = startAt(port, data, programs);
            if (started.succeeded()) {
                return port;
            }
            said = started.output().strip();
            LOG.warn("PostgreSQL did not start (attempt {} of {}): {}", attempt, STARTS, said);
            pause();
        }
        throw new PostgresUnavailable("PostgreSQL does not start on " + data + ": " + said
                + ". The reason stands at the end of " + data.log() + ".");
    }

    private static PostgresProgram.Result startAt(int port, DataDirectory data, PostgresProgram programs) {
        return programs.run(
                "pg_ctl",
                "-D",
                data.cluster().toString(),
                "-l",
                data.log().toString(),
                "-w",
                "-t",
                seconds(PATIENCE),
                "-o",
                options(port),
                "start");
    }

    /**
     * Waits for the orphans of a killed server, then takes its {@code postmaster.pid} away: its number may belong to somebody
     * else by now, and PostgreSQL would wait for that one for ever.
     */
    private static void clearRemains(DataDirectory data) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (RunningServer.anyProcessWorksIn(data.cluster())) {
            if (System.nanoTime() > until) {
                throw new PostgresUnavailable("Processes of an earlier PostgreSQL are still at work in "
                        + data.cluster() + ". End them and start the ledger again.");
            }
            pause();
        }
        if (Files.isDirectory(Path.of("/proc"))) {
            Files.deleteIfExists(data.cluster().resolve("postmaster.pid"));
        }
    }

    private static String options(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        Durability.SETTINGS.forEach(setting -> settings.put(setting, "on"));
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "60");
        settings.put("timezone", "UTC");
        settings.put("transaction_timeout", LONGEST_TRANSACTION.toMillis() + "ms");
        settings.put("idle_in_transaction_session_timeout", LONGEST_SILENCE.toMillis() + "ms");
        settings.put("client_connection_check_interval", "1000ms");
        // The detail of a row that is refused would quote it, and a row may hold personal data (ALL-05).
        settings.put("log_error_verbosity", "terse");
        if (System.getProperty("os.name").startsWith("Mac")) {
            // Anything less leaves the data in the drive's own cache there.
            settings.put("wal_sync_method", "fsync_writethrough");
        }
        List<String> options = new ArrayList<>();
        settings.forEach((name, value) -> options.add("-c " + name + "=" + value));
        return String.join(" ", options);
    }

    private static int usablePort(int last) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        if (last != 0) {
            try (var probe = new ServerSocket(last, 1, loopback)) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                LOG.info("Port {} is taken; PostgreSQL gets another one.", last);
            }
        }
        try (var probe = new ServerSocket(0, 1, loopback)) {
            return probe.getLocalPort();
        }
    }

    /** Makes the database if it is new, and makes sure that this is our server and that it keeps what it acknowledges. */
    private void prepare() throws SQLException {
        try (Connection connection = connectWhenReady();
                Statement statement = connection.createStatement()) {
            if (!answer(statement, "show data_directory").equals(data.cluster().toString())) {
                throw new PostgresUnavailable("Another PostgreSQL answers on port " + port
                        + ". Stop it, or delete the file postgres.port in " + data + ".");
            }
            Durability.require(connection);
            if (answer(statement, "select count(*) from pg_database where datname = '" + DATABASE + "'")
                    .equals("0")) {
                statement.execute("create database " + DATABASE);
            }
            makeProgramRole(statement);
        }
    }

    /** The views are the program's own, in schemas that it makes; of the ledger it gets what the migrations grant. */
    private void makeProgramRole(Statement statement) throws SQLException {
        if (answer(statement, "select count(*) from pg_roles where rolname = '" + PROGRAM + "'")
                .equals("0")) {
            statement.execute("create role " + PROGRAM + " login");
        }
        // Forty-eight hexadecimal digits that we made: nothing to be quoted.
        statement.execute("alter role " + PROGRAM + " password '" + program.password() + "'");
        statement.execute("grant connect, create, temporary on database " + DATABASE + " to " + PROGRAM);
    }

    private Connection connectWhenReady() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(url, owner.user(), owner.password());
            } catch (SQLException e) {
                boolean starting = "57P03".equals(e.getSQLState()) || "08001".equals(e.getSQLState());
                if (!starting || System.nanoTime() > until) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static String answer(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresUnavailable("The start of PostgreSQL was interrupted. Start the ledger again.", e);
        }
    }
}
