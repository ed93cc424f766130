package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.seal.BooksGuard.Balance;
import org.voucherledger.api.seal.SealStatus.Phase;
import org.voucherledger.api.witness.Witness;
import org.voucherledger.api.witness.WitnessServer;
import org.voucherledger.projections.books.Violation;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;

/** The sealer's thread, with its books, its witnesses and its alarms, on a real PostgreSQL. */
@ExtendWith(OutputCaptureExtension.class)
class SealerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SigningKey WITNESS =
            SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());

    @TempDir
    private Path directory;

    private SealedDatabase database;
    private SealedLog log;
    private volatile Balance balance = new Balance(Long.MAX_VALUE, Optional.empty());

    @BeforeEach
    void database() {
        database = new SealedDatabase(directory);
        log = new SealedLog(database.program, new JdbcTransactionManager(database.program));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Sealer sealer(Witnesses witnesses) {
        var settings = new SealSettings(true, 1_000, Duration.ZERO, "", "", List.of());
        var sealer = new Sealer(
                database::connection, database.outside(), () -> balance, settings, InstantSource.system(), witnesses);
        sealer.start();
        return sealer;
    }

    private Witnesses witnesses(int... ports) {
        return new Witnesses(
                IntStream.of(ports)
                        .mapToObj(port -> new SealSettings.Witness(
                                URI.create("http://127.0.0.1:" + port),
                                WITNESS.publicKey().text()))
                        .toList(),
                log,
                InstantSource.system());
    }

    private WitnessServer witness(int port) throws IOException {
        return WitnessServer.start(
                new Witness(
                        directory.resolve("witness"),
                        WITNESS,
                        List.of(database.key().publicKey()),
                        InstantSource.system()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Test
    @DisplayName("it seals what comes, and says how far it is")
    void seals() {
        try (Witnesses none = witnesses();
                Sealer sealer = sealer(none)) {
            database.append("V1", 2_500);
            database.refuse();
            await(() -> sealer.status().leaves() == 2_501 && sealer.status().waiting() == 0);

            assertThat(sealer.status().phase()).isEqualTo(Phase.SEALING);
            assertThat(sealer.behind()).isZero();
            assertThat(database.checkpoints()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(new SealHealth(sealer, none).health().getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    @DisplayName("turned off, it seals nothing, opens no connection and says so")
    void off() {
        var settings = new SealSettings(false, 1_000, Duration.ZERO, "", "", List.of());
        try (Witnesses none = witnesses();
                var sealer = new Sealer(
                        () -> {
                            throw new AssertionError("opened");
                        },
                        database.outside(),
                        () -> balance,
                        settings,
                        InstantSource.system(),
                        none)) {
            sealer.start();
            assertThat(sealer.status().phase()).isEqualTo(Phase.OFF);
        }
    }

    @Test
    @DisplayName("ALL-03: nothing is sealed behind the position up to which the books have been looked at")
    void booksBehind() {
        balance = new Balance(3, Optional.empty());
        database.append("V1", 10);
        try (Witnesses none = witnesses();
                Sealer sealer = sealer(none)) {
            await(() -> sealer.status().leaves() == 3);
            assertThat(sealer.status().waiting()).isEqualTo(7);
            assertThat(sealer.behind())
                    .as("what waits is of 2020, though a checkpoint has just been signed")
                    .isGreaterThan(Duration.ofDays(365));
            balance = new Balance(10, Optional.empty());
            await(() -> sealer.status().leaves() == 10);
        }
    }

    @Test
    @DisplayName("ALL-03: books that do not balance are not sealed; it is said once, and the ledger is unwell")
    void violation(CapturedOutput output) {
        database.append("V1", 10);
        balance = new Balance(10, Optional.of(new Violation(7, "book MONEY sums to 1, not to 0")));
        try (Witnesses none = witnesses();
                Sealer sealer = sealer(none)) {
            await(() -> sealer.status().phase() == Phase.HALTED);
            balance = new Balance(10, Optional.empty());
            database.append("V1", 10);
            await(() -> sealer.status().waiting() == 20);

            assertThat(sealer.behind()).isGreaterThan(Duration.ofDays(365));
            assertThat(sealer.status().phase()).isEqualTo(Phase.HALTED);
            var health = new SealHealth(sealer, none).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("words").toString())
                    .contains("ALL-03", "position 7", "book MONEY sums to 1");
            assertThat(database.checkpoints()).isEmpty();
            assertThat(output.getOut().split("The log is not sealed any further", -1))
                    .hasSize(2);
        }
    }

    @Test
    @DisplayName("it goes on when its connection has been cut")
    void cut() {
        try (Witnesses none = witnesses();
                Sealer sealer = sealer(none)) {
            database.append("V1", 10);
            await(() -> sealer.status().leaves() == 10);
            database.sql.queryForList("select pg_terminate_backend(pid) from pg_locks l join pg_database d on"
                    + " d.oid = l.database where d.datname = current_database() and locktype = 'advisory'"
                    + " and classid = x'5EA1'::int::oid");
            database.append("V1", 10);
            await(() -> sealer.status().leaves() == 20);
        }
    }

    @Test
    @DisplayName("of two programs on one database one seals, and the other when that has gone")
    void two() {
        try (Witnesses none = witnesses()) {
            Sealer first = sealer(none);
            database.append("V1", 10);
            await(() -> first.status().leaves() == 10);
            try (Sealer second = sealer(none)) {
                await(() -> second.status().phase() == Phase.STANDBY);
                first.close();
                database.append("V1", 10);
                await(() -> second.status().leaves() == 20);
            }
        }
    }

    @Test
    @DisplayName(
            "a witness's signature is kept with the checkpoint; one that is away stops nothing and is shown the newest later")
    void witnessed() throws IOException {
        database.append("V1", 10);
        int port;
        try (Witnesses none = witnesses();
                Sealer sealer = sealer(none)) {
            await(() -> sealer.status().leaves() == 10);
        }
        try (WitnessServer server = witness(0);
                Witnesses witnesses = witnesses(server.port());
                Sealer sealer = sealer(witnesses)) {
            port = server.port();
            await(() -> witnesses.standings().getFirst().leaves() == 10);
            assertThat(SignedNote.parse(log.newest().orElseThrow()).cosignedBy(WITNESS.publicKey()))
                    .isPresent();
            server.close();
            database.append("V1", 10);
            await(() -> witnesses.standings().getFirst().away());
            await(() -> sealer.status().leaves() == 20);
            assertThat(new SealHealth(sealer, witnesses).health().getStatus()).isEqualTo(Status.UP);
        }
        try (WitnessServer back = witness(port);
                Witnesses witnesses = witnesses(back.port());
                Sealer sealer = sealer(witnesses)) {
            await(() -> witnesses.standings().getFirst().leaves() == 20);
            assertThat(sealer.status().leaves()).isEqualTo(20);
        }
    }

    /** Everything is gone but the key: a ledger that begins anew, or one that was put back. */
    private void forget() throws IOException {
        database.sql.execute("truncate ledger.domain_event, ledger.command_answer restart identity");
        database.sql.execute("truncate ledger.seal_run, ledger.seal_tile, ledger.seal_edge, ledger.checkpoint,"
                + " ledger.cosignature");
        Files.delete(database.lastCheckpoint());
    }

    private void isRefusedAfter(int events, String stream) throws IOException, SQLException {
        database.append("V1", 300);
        database.seal(1_000);
        try (WitnessServer server = witness(0)) {
            try (Witnesses witnesses = witnesses(server.port());
                    Sealer sealer = sealer(witnesses)) {
                await(() -> witnesses.standings().getFirst().leaves() == 300);
                assertThat(sealer.status().leaves()).isEqualTo(300);
            }
            forget();
            database.append(stream, events);
            database.seal(1_000);
            try (Witnesses witnesses = witnesses(server.port());
                    Sealer sealer = sealer(witnesses)) {
                await(() -> witnesses.standings().getFirst().refuses());
                assertThat(new SealHealth(sealer, witnesses).health().getStatus())
                        .isEqualTo(Status.DOWN);
                assertThat(database.sql.queryForObject("select count(*) from ledger.cosignature", Long.class))
                        .isZero();
            }
        }
    }

    @Test
    @DisplayName("an old copy, put back with everything that belongs to it, is refused by the witness")
    void oldCopy() throws IOException, SQLException {
        isRefusedAfter(200, "V1");
    }

    @Test
    @DisplayName("a fork that has grown beyond what the witness has seen is refused by it")
    void fork() throws IOException, SQLException {
        isRefusedAfter(400, "V2");
    }
}
