package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.MerkleTree;
import org.voucherledger.projections.sealedlog.SignedNote;

/** The one who seals, step by step, on a real PostgreSQL and as the role that the program works as. */
class SeatTest {

    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    private Path directory;

    private SealedDatabase database;

    @BeforeEach
    void database() {
        database = new SealedDatabase(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Optional<Sealed> seal(Seat seat) throws SQLException {
        return seat.seal(ALL, 100_000, SealedDatabase.NOW);
    }

    @Test
    @DisplayName("every event and every refusal is a leaf, in one dense order, under a root that RFC 6962 defines")
    void everyRow() throws SQLException {
        for (int i = 0; i < 3; i++) {
            database.append("V" + i, 200);
            database.refuse();
            database.accept();
            database.refuse();
        }

        try (Seat seat = database.seat()) {
            assertThat(seat.unsealed().rows()).isEqualTo(606);
            Sealed sealed = seal(seat).orElseThrow();

            assertThat(sealed.size()).isEqualTo(606);
            assertThat(sealed.lastPosition()).isEqualTo(600);
            assertThat(database.leavesOfTheRuns()).hasSize(606).doesNotHaveDuplicates();
            assertThat(sealed.root()).isEqualTo(SealedDatabase.root(database.leavesOfTheRuns()));
            assertThat(database.runs())
                    .containsExactly(new Run(Source.EVENT, 0, 1, 600, 600), new Run(Source.REFUSAL, 600, 1, 9, 6));
            assertThat(seat.unsealed().rows()).isZero();
            assertThat(seal(seat)).as("nothing new").isEmpty();
        }
        assertThat(database.sql.queryForList("select level, tile_index from ledger.seal_tile order by 1, 2"))
                .hasSize(2);
    }

    @Test
    @DisplayName("a checkpoint says origin, size and root, and is signed with the key outside the database")
    void checkpoint() throws SQLException, IOException {
        database.append("V1", 3);
        database.seal(100);

        Sealed sealed = database.checkpoints().getFirst();
        SignedNote note = SignedNote.parse(sealed.note());

        assertThat(note.isSignedBy(database.key().publicKey())).isTrue();
        assertThat(Checkpoint.of(note))
                .isEqualTo(new Checkpoint(
                        database.key().publicKey().name(),
                        3,
                        sealed.root(),
                        List.of("signed 2020-04-01T01:00:00.000000Z", "previous 0")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database.keyFile())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(database.lastCheckpoint())).isEqualTo(sealed.note());
    }

    @ParameterizedTest(name = "checkpoints of {0}")
    @DisplayName(
            "the tree is the same however many leaves each checkpoint takes, and whoever comes back goes on with it")
    @CsvSource({"1", "7", "255", "256", "257", "1000"})
    void howeverSealed(long most) throws SQLException {
        int events = (int) Math.min(1_000, 20 * most);
        database.append("V1", events);
        while (database.checkpoints().stream().mapToLong(Sealed::size).max().orElse(0) < events) {
            try (Seat seat = database.seat()) {
                seat.seal(ALL, most, SealedDatabase.NOW);
                seat.seal(ALL, most, SealedDatabase.NOW);
            }
        }

        List<Hash> leaves = database.leavesOfTheRuns();
        var tree = new MerkleTree(new SealTables(database.sql).tiles());
        assertThat(leaves).hasSize(events);
        assertThat(database.checkpoints())
                .hasSizeGreaterThanOrEqualTo((int) (events / most))
                .allSatisfy(signed -> {
                    assertThat(signed.root()).isEqualTo(SealedDatabase.root(leaves.subList(0, (int) signed.size())));
                    assertThat(tree.root(signed.size())).isEqualTo(signed.root());
                });
    }

    @Test
    @DisplayName("a lower position in a transaction that is under way is waited for, and sealed in its order")
    void lowerPositionCommitsLater() throws SQLException {
        try (Seat seat = database.seat();
                Connection late = database.owner.getConnection();
                Connection early = database.owner.getConnection()) {
            append(early, late);
            assertThat(seal(seat)).isEmpty();
            late.commit();
            late.setAutoCommit(true);

            Optional<Sealed> sealed = seal(seat);

            assertThat(sealed.orElseThrow().lastPosition()).isEqualTo(4);
            assertThat(database.runs()).containsExactly(new Run(Source.EVENT, 0, 1, 4, 4));
        }
    }

    @Test
    @DisplayName("a lower position that was rolled back is given up, and the log goes on behind it")
    void lowerPositionIsRolledBack() throws SQLException {
        try (Seat seat = database.seat();
                Connection late = database.owner.getConnection();
                Connection early = database.owner.getConnection()) {
            append(early, late);
            assertThat(seal(seat)).isEmpty();
            late.rollback();
            late.setAutoCommit(true);

            assertThat(seal(seat).orElseThrow().lastPosition()).isEqualTo(4);
            assertThat(database.runs()).containsExactly(new Run(Source.EVENT, 0, 2, 4, 3));
        }
    }

    /**
     * The later number belongs to the transaction that began first and has ended. One that is newer than every transaction that
     * has ended still holds the lower number.
     */
    private void append(Connection early, Connection late) throws SQLException {
        early.setAutoCommit(false);
        late.setAutoCommit(false);
        early.createStatement().execute("select pg_current_xact_id()");
        SealedDatabase.append(late, "LATE", 1);
        SealedDatabase.append(early, "EARLY", 3);
        early.commit();
        early.setAutoCommit(true);
    }

    @Test
    @DisplayName("while a lower position is under way nothing behind it is sealed, however often it is looked")
    void waits() throws SQLException {
        try (Seat seat = database.seat();
                Connection late = database.owner.getConnection();
                Connection early = database.owner.getConnection()) {
            append(early, late);
            for (int look = 0; look < 5; look++) {
                assertThat(seal(seat)).isEmpty();
            }
            late.rollback();
            late.setAutoCommit(true);
            assertThat(seal(seat)).isPresent();
        }
    }

    @Test
    @DisplayName("a refusal in a transaction that is under way is waited for too")
    void refusalUnderWay() throws SQLException {
        try (Seat seat = database.seat();
                Connection late = database.owner.getConnection()) {
            late.setAutoCommit(false);
            late.createStatement()
                    .execute(
                            "insert into ledger.command_answer (actor, idempotency_key, body_sha256, command_type, role,"
                                    + " on_behalf_of, received_at, outcome, rule, about, stage, answer, position) values"
                                    + " ('a', 'k', '', '', '', '', now(), 'REFUSED', 'r', 'a', 's', '{}', 0)");
            database.refuse();
            assertThat(seal(seat)).isEmpty();
            assertThat(seal(seat)).isEmpty();
            late.commit();
            late.setAutoCommit(true);
            assertThat(seal(seat).orElseThrow().size()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("no event behind the position up to which the books balance is sealed")
    void upTo() throws SQLException {
        database.append("V1", 10);
        try (Seat seat = database.seat()) {
            assertThat(seat.seal(0, 100, SealedDatabase.NOW)).isEmpty();
            assertThat(seat.seal(7, 100, SealedDatabase.NOW).orElseThrow().lastPosition())
                    .isEqualTo(7);
        }
    }

    @Test
    @DisplayName("one seals a database at a time")
    void oneSeat() throws SQLException {
        try (Seat first = database.seat()) {
            assertThat(Seat.take(database.connection(), database.outside(), () -> SealedDatabase.NOW))
                    .isEmpty();
            assertThat(first.leaves()).isZero();
        }
        try (Seat next = database.seat()) {
            assertThat(next.leaves()).isZero();
        }
    }

    @Test
    @DisplayName("what was hashed and not committed is hashed again by the next")
    void crash() throws SQLException {
        database.append("V1", 5);
        try (Seat seat = database.seat()) {
            // The very checkpoint that is to come is there already: its transaction fails at its end.
            database.sql.update(
                    "insert into ledger.checkpoint values (5, decode(repeat('00', 32), 'hex'), '', now(), 0, 0, 0)");
            assertThatThrownBy(() -> seal(seat)).hasMessageContaining("checkpoint_pkey");
            database.sql.update("delete from ledger.checkpoint");
        }
        assertThat(database.runs()).isEmpty();

        database.seal(100);

        assertThat(database.checkpoints().getFirst().root()).isEqualTo(SealedDatabase.root(database.leavesOfTheRuns()));
    }

    @Test
    @DisplayName("a row that the ledger would never write is not sealed")
    void foreignRow() throws SQLException {
        database.append("V1", 1);
        database.sql.update("update ledger.domain_event set payload = 'no json'::bytea");
        try (Seat seat = database.seat()) {
            assertThatThrownBy(() -> seal(seat))
                    .isInstanceOf(SealAlarm.class)
                    .hasMessageContaining("The row 1 of ledger.domain_event");
        }
    }

    private void isNotSealedBecause(String words) {
        assertThatThrownBy(() -> database.seat()).isInstanceOf(SealAlarm.class).hasMessageContaining(words);
    }

    @Test
    @DisplayName("whoever stands by hears at once that the key is not there, and not only when it is to seal")
    void standbyWithoutKey() throws SQLException, IOException {
        try (Seat first = database.seat()) {
            Files.delete(database.keyFile());

            assertThatThrownBy(() -> Seat.take(database.connection(), database.outside(), () -> SealedDatabase.NOW))
                    .isInstanceOf(SealAlarm.class)
                    .hasMessageContaining("there is none at " + database.keyFile());
            assertThat(first.leaves()).isZero();
        }
    }

    @Test
    @DisplayName(
            "no checkpoint is signed before the one that it follows, whatever the clock says, and each names that one")
    void clockGoesBack() throws SQLException {
        try (Seat seat = database.seat()) {
            database.append("V1", 3);
            seat.seal(ALL, 100, SealedDatabase.NOW);
            database.append("V1", 3);
            Sealed second =
                    seat.seal(ALL, 100, SealedDatabase.NOW.minusSeconds(60)).orElseThrow();

            assertThat(second.signedAt()).isEqualTo(SealedDatabase.NOW);
            assertThat(Signing.of(Checkpoint.of(SignedNote.parse(second.note()))))
                    .isEqualTo(new Signing(SealedDatabase.NOW, 3, List.of()));
        }
        try (Seat next = database.seat()) {
            database.append("V1", 1);
            assertThat(next.seal(ALL, 100, SealedDatabase.NOW.minusSeconds(60))
                            .orElseThrow()
                            .signedAt())
                    .isEqualTo(SealedDatabase.NOW);
        }
    }

    @Test
    @DisplayName("a refused upload is a leaf")
    void upload() throws SQLException {
        database.refuseUpload();
        database.seal(100);
        database.refuseUpload();
        try (Seat seat = database.seat()) {
            assertThat(seat.unsealed().rows()).isEqualTo(1);
            assertThat(seat.unsealed().oldest()).isEqualTo("2020-03-01T01:00:00Z");
            assertThat(seal(seat).orElseThrow().lastUpload()).isEqualTo(2);
        }
        assertThat(database.runs())
                .containsExactly(new Run(Source.UPLOAD, 0, 1, 1, 1), new Run(Source.UPLOAD, 1, 2, 2, 1));
    }

    @Test
    @DisplayName("no tile is given out for an index at which there is none, however large")
    void noSuchTile() throws SQLException {
        database.append("V1", 300);
        database.seal(1_000);
        var tables = new SealTables(database.sql);
        var log = new SealedLog(database.program, new JdbcTransactionManager(database.program));

        assertThat(tables.tiles().tile(0, 1)).hasSize(44 * Hash.BYTES);
        assertThat(tables.tiles().tile(0, 2)).isEmpty();
        assertThat(tables.tiles().tile(0, 1L << 56)).isEmpty();
        assertThat(log.tile(0, 0, 256)).isPresent();
        assertThat(log.tile(0, 1, 44)).isPresent();
        assertThat(log.tile(0, 1, 45)).isEmpty();
        assertThat(log.tile(0, 1L << 56, 256))
                .as("whose leaves' indexes overflow")
                .isEmpty();
    }

    @Test
    @DisplayName("a cosignature that is none, or false, is left out, and the checkpoint is to be had all the same")
    void malformedCosignature() throws SQLException {
        sealSome();
        database.sql.update(
                "insert into ledger.cosignature select size, 'w', 'no signature', now() from ledger.checkpoint");
        var log = new SealedLog(database.program, new JdbcTransactionManager(database.program));

        assertThat(log.newest()).contains(database.checkpoints().getLast().note());
        assertThat(log.before(Long.MAX_VALUE, 10)).hasSize(2);
    }

    private void sealSome() throws SQLException {
        database.append("V1", 200);
        database.seal(1000);
        database.append("V1", 100);
        database.refuse();
        database.seal(1000);
    }

    @Test
    @DisplayName("without its key a ledger that was sealed is not sealed, and no other key is made")
    void keyMissing() throws SQLException, IOException {
        sealSome();
        Files.delete(database.keyFile());

        isNotSealedBecause("there is none at " + database.keyFile());
        assertThat(database.keyFile()).doesNotExist();
    }

    @Test
    @DisplayName("with another key it is not sealed either")
    void anotherKey() throws SQLException, IOException {
        sealSome();
        String origin = database.key().publicKey().name();
        Files.delete(database.keyFile());
        SealKey.make(database.keyFile(), origin, KeyType.NOTE);

        isNotSealedBecause("This ledger was sealed with the key " + origin);
    }

    @Test
    @DisplayName("a damaged key is said to be one, and is not repeated")
    void damagedKey() throws SQLException, IOException {
        sealSome();
        String secret = Files.readString(database.keyFile()).strip();
        // What stands behind the fourth plus; Base 64 may have more of them.
        String seed = secret.split("\\+", 5)[4];
        Files.writeString(database.keyFile(), secret.substring(0, secret.length() - 2));

        isNotSealedBecause("holds no key");
        assertThatThrownBy(() -> database.seat()).hasMessageNotContaining(seed.substring(0, seed.length() - 4));
    }

    @Test
    @DisplayName("a log keeps its name")
    void origin() throws SQLException {
        Seat.take(database.connection(), database.outside("ledger.example/gz"), () -> SealedDatabase.NOW)
                .orElseThrow()
                .close();

        assertThat(database.key().publicKey().name()).isEqualTo("ledger.example/gz");
        assertThatThrownBy(() -> Seat.take(
                        database.connection(), database.outside("ledger.example/sz"), () -> SealedDatabase.NOW))
                .isInstanceOf(SealAlarm.class)
                .hasMessageContaining("A log keeps its name");
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("a database that is not the one that was sealed is not sealed any further")
    @CsvSource(
            delimiter = '|',
            value = {
                "is an older copy | delete from ledger.checkpoint; delete from ledger.seal_run;"
                        + " delete from ledger.seal_tile; delete from ledger.seal_edge",
                "end of the log has been rewritten | update ledger.domain_event set recorded_at = recorded_at - interval '1s' where global_index = 300",
                "end of the log has been rewritten | delete from ledger.domain_event where global_index = 300",
                "end of the log has been rewritten | delete from ledger.command_answer",
                "end of the log has been rewritten | update ledger.domain_event set payload = 'no json' where global_index = 290",
                "have been changed | update ledger.seal_edge set hashes = set_byte(hashes, 3, 1 + get_byte(hashes, 3) % 254) where level = 0",
                "is not of that size | update ledger.seal_edge set hashes = '' where level = 0",
                "has been changed | update ledger.checkpoint set root = decode(repeat('00', 32), 'hex') where size = 301",
                "rows would be passed over | update ledger.checkpoint set last_position = 301; insert into ledger.domain_event overriding system value select 301, 'x', 'V9', 0, type, recorded_at, payload_type, payload_revision, payload, meta_data from ledger.domain_event where global_index = 300",
                "rows would be passed over | update ledger.checkpoint set last_position = 10000 where size = 301",
                "rows would be passed over | update ledger.checkpoint set last_position = 299 where size = 301",
                "rows would be passed over | update ledger.checkpoint set last_answer = 10000 where size = 301",
                "rows would be passed over | update ledger.checkpoint set last_answer = 0 where size = 301",
                "rows would be passed over | update ledger.checkpoint set last_upload = 1 where size = 301",
                "rows would be passed over | update ledger.checkpoint set last_answer = 2 where size = 301; insert into ledger.command_answer (actor, idempotency_key, body_sha256, command_type, role, on_behalf_of, received_at, outcome, rule, about, stage, answer, position) values ('a', 'k', '', '', '', '', now(), 'REFUSED', 'r', 'a', 's', '{}', 0)",
                "end of the log has been rewritten | insert into ledger.seal_run (first_leaf, kind, first_source, last_source, length) values (301, 'EVENT', 301, 301, 1)",
                "have been changed | delete from ledger.checkpoint where size = 301",
                "has been changed | update ledger.checkpoint set signed_at = signed_at - interval '1 microsecond' where size = 301",
                "has been changed | delete from ledger.checkpoint where size = 200",
                "is not one | update ledger.checkpoint set note = 'forged' where size = 301",
                "is not one | update ledger.checkpoint set note = replace(note, '301', '300') where size = 301"
            })
    void anotherDatabase(String words, String change) throws SQLException {
        sealSome();
        database.sql.execute(change);

        isNotSealedBecause(words);
    }

    @Test
    @DisplayName("leaves without any checkpoint are not sealed over")
    void leavesWithoutCheckpoint() throws SQLException, IOException {
        sealSome();
        database.sql.update("delete from ledger.checkpoint");
        Files.delete(database.lastCheckpoint());

        isNotSealedBecause("covers 0 leaves, and ledger.seal_run names 301");
    }

    @Test
    @DisplayName("a fork, sealed and signed with the true key, is found by the checkpoint that was kept outside")
    void fork() throws SQLException, IOException {
        sealSome();
        byte[] kept = Files.readAllBytes(database.lastCheckpoint());
        database.sql.execute("truncate ledger.domain_event, ledger.command_answer restart identity");
        database.sql.execute(
                "truncate ledger.seal_run, ledger.seal_tile, ledger.seal_edge, ledger.checkpoint, ledger.cosignature");
        Files.delete(database.lastCheckpoint());
        database.append("V2", 400);
        database.seal(1000);
        Files.write(database.lastCheckpoint(), kept);

        isNotSealedBecause("is not the one that was sealed");
    }

    @Test
    @DisplayName("a kept checkpoint of another log is not taken for ours")
    void keptOfAnother() throws SQLException, IOException {
        sealSome();
        var other = SealKey.make(directory.resolve("other.key"), "other", KeyType.NOTE);
        Files.writeString(
                database.lastCheckpoint(),
                other.sign(new Checkpoint("other", 1, Hash.ofLeaf(new byte[1])).unsigned())
                        .written());

        isNotSealedBecause("was not signed with the key of this ledger");
    }
}
