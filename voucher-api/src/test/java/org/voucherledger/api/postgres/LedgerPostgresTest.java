package org.voucherledger.api.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LedgerPostgresTest {

    /** One for all tests, because making a database takes far longer than starting it. */
    @TempDir
    private static Path directory;

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "listen_addresses, 127.0.0.1",
        "transaction_timeout, 10min",
        "idle_in_transaction_session_timeout, 30s",
        "data_checksums, on",
        "server_encoding, UTF8"
    })
    void the_server_that_tests_run_on_is_set_as_the_real_one(String setting, String expected) throws SQLException {
        try (var pool = TestPostgres.pool();
                Connection connection = pool.getConnection()) {
            assertThat(ask(connection, "show " + setting)).isEqualTo(expected);
        }
    }

    @Test
    void data_password_and_port_survive_a_restart() throws SQLException {
        int port;
        try (LedgerPostgres first = start()) {
            port = first.port();
            try (Connection connection = connect(first);
                    Statement statement = connection.createStatement()) {
                statement.execute("create table kept as select 42 as answer");
            }
        }
        try (LedgerPostgres second = start();
                Connection connection = connect(second)) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(ask(connection, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void it_asks_for_a_password_that_only_the_owner_can_read() throws Exception {
        try (LedgerPostgres postgres = start()) {
            Path password = directory.resolve("postgres.password");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> DriverManager.getConnection(
                            postgres.jdbcUrl(), postgres.owner().user(), "guess"))
                    .hasMessageContaining("password authentication failed");
            try (Stream<String> rules = Files.lines(directory.resolve("postgres/pg_hba.conf"))) {
                assertThat(rules.filter(rule -> !rule.isBlank() && !rule.startsWith("#")))
                        .isNotEmpty()
                        .allMatch(rule -> rule.endsWith("scram-sha-256"));
            }
        }
    }

    @Test
    void a_second_ledger_on_the_same_directory_is_told_so() {
        try (LedgerPostgres first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(PostgresUnavailable.class)
                    .hasMessageContaining("Another ledger is running on the data directory");
            assertThat(first.port()).isPositive();
        }
    }

    @Test
    void a_directory_that_cannot_be_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatThrownBy(() -> LedgerPostgres.start(file.resolve("data"), binaries()))
                .isInstanceOf(PostgresUnavailable.class)
                .hasMessageContaining("cannot be written to")
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_killed_server_leaves_nothing_in_the_way() throws Exception {
        LedgerPostgres killed = start();
        killed.abandon();
        long postmaster = RunningServer.of(cluster()).orElseThrow().pid();
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

        try (LedgerPostgres restarted = start();
                Connection connection = connect(restarted)) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
            assertThat(RunningServer.of(cluster()).orElseThrow().pid()).isNotEqualTo(postmaster);
        }
    }

    @Test
    void a_server_that_dies_under_a_living_program_is_started_again() throws Exception {
        try (LedgerPostgres postgres = start()) {
            long postmaster = RunningServer.of(cluster()).orElseThrow().pid();
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

            assertThat(firstAnswer(postgres, postmaster)).isEqualTo("1");
            assertThat(RunningServer.of(cluster()).orElseThrow().pid()).isNotEqualTo(postmaster);
        }
    }

    @Test
    void whatever_goes_wrong_on_the_way_a_dead_server_is_started_again(CapturedOutput log) throws Exception {
        try (LedgerPostgres postgres = start()) {
            long postmaster = RunningServer.of(cluster()).orElseThrow().pid();
            Path pid = cluster().resolve("postmaster.pid");
            Path settings = cluster().resolve("postgresql.conf");
            Path aside = cluster().resolve("postgresql.conf.aside");
            Files.move(settings, aside);
            Files.delete(pid);
            Files.createDirectories(pid.resolve("in the way"));
            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

            awaitText(log, "cannot be looked after at the moment");
            Files.delete(pid.resolve("in the way"));
            Files.delete(pid);
            awaitText(log, "did not start: ");
            Files.move(aside, settings);

            assertThat(firstAnswer(postgres, postmaster)).isEqualTo("1");
        }
    }

    private static void awaitText(CapturedOutput log, String text) {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!log.getAll().contains(text)) {
            assertThat(System.nanoTime()).as("waited in vain for: %s", text).isLessThan(until);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void the_server_of_a_killed_program_is_used_again() throws Exception {
        LedgerPostgres killed = start();
        long postmaster = RunningServer.of(cluster()).orElseThrow().pid();
        killed.abandon();

        try (LedgerPostgres adopted = start()) {
            assertThat(adopted.port()).isEqualTo(killed.port());
            assertThat(RunningServer.of(cluster()).orElseThrow().pid()).isEqualTo(postmaster);
        }
        assertThat(RunningServer.of(cluster())).isEmpty();
    }

    @Test
    void a_process_number_that_belongs_to_somebody_else_by_now_does_not_stop_it() throws Exception {
        start().close();
        Files.writeString(
                cluster().resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + cluster() + "\n0\n5432\n\n127.0.0.1\n");

        try (LedgerPostgres restarted = start()) {
            assertThat(restarted.port()).isPositive();
        }
    }

    @Test
    void a_first_start_that_was_interrupted_is_begun_again(@TempDir Path other) throws Exception {
        Files.createDirectories(other.resolve("postgres.unfinished"));
        Files.writeString(other.resolve("postgres.unfinished/PG_VERSION"), "17");

        try (LedgerPostgres postgres = LedgerPostgres.start(other, binaries());
                Connection connection = connect(postgres)) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_port_that_somebody_else_took_is_given_up() throws Exception {
        LedgerPostgres first = start();
        first.close();

        try (var stranger = new ServerSocket(first.port(), 1, InetAddress.getByName("127.0.0.1"));
                LedgerPostgres second = start()) {
            assertThat(second.port()).isNotEqualTo(stranger.getLocalPort());
        }
    }

    @Test
    void a_database_that_could_forget_is_not_used() throws SQLException {
        try (var pool = TestPostgres.pool();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");

            assertThatThrownBy(() -> Durability.require(connection))
                    .isInstanceOf(PostgresUnavailable.class)
                    .hasMessageContaining("synchronous_commit turned off");
        }
    }

    @Test
    void a_server_gives_a_silent_transaction_up_long_before_a_reader_gives_its_gap_up() {
        assertThat(LedgerPostgres.LONGEST_TRANSACTION)
                .isLessThan(Duration.ofHours(1).dividedBy(2));
    }

    private LedgerPostgres start() {
        return LedgerPostgres.start(directory, binaries());
    }

    private static Optional<Path> binaries() {
        return Optional.of(TestPostgres.BINARIES);
    }

    private Path cluster() throws IOException {
        return directory.toRealPath().resolve("postgres");
    }

    private static Connection connect(LedgerPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password());
    }

    /** Asks until the new server answers. */
    private String firstAnswer(LedgerPostgres postgres, long killed) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            var now = RunningServer.of(cluster());
            if (now.isPresent() && now.get().pid() != killed) {
                try (Connection connection = connect(postgres)) {
                    return ask(connection, "select 1");
                } catch (SQLException starting) {
                    assertThat(System.nanoTime())
                            .as("waited in vain: %s", starting)
                            .isLessThan(until);
                }
            }
            LockSupport.parkNanos(20_000_000);
            assertThat(System.nanoTime()).isLessThan(until);
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
