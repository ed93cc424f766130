package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.evidence.NodeVerifier;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.seal.BooksGuard.Balance;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.LedgerMoment.Asked;
import org.voucherledger.api.seal.SealVerification.Known;
import org.voucherledger.api.witness.Witness;
import org.voucherledger.api.witness.WitnessServer;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.evidence.BundleWriter;
import org.voucherledger.projections.evidence.Check;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;

/** A ledger that lost its tail goes on in the open: whoever knows more than it does is told why. */
class BeginAnewTest {

    private static final String REASON = "the disk of 3 April was lost; restored from the backup of 2 April";

    @TempDir
    private Path directory;

    private SealedDatabase database;
    private SigningKey old;
    /** Of 305 leaves, which the backup has, and of 505, which it has not. */
    private SignedNote held;

    private SignedNote lost;

    /** Sealed up to 505 leaves, and put back as it was at 305; events that were not sealed then are there again. */
    @BeforeEach
    void restoredFromABackup() throws SQLException {
        database = new SealedDatabase(directory);
        database.append("voucher:V1", 300);
        for (int i = 0; i < 5; i++) {
            database.refuse();
        }
        database.seal(1_000);
        held = SignedNote.parse(database.checkpoints().getLast().note());
        database.append("voucher:V1", 200);
        database.seal(1_000);
        lost = SignedNote.parse(database.checkpoints().getLast().note());
        old = database.key();
        cutBack(305);
        database.append("voucher:V1", 7);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void cutBack(long size) {
        Sealed then = database.checkpoints().stream()
                .filter(checkpoint -> checkpoint.size() == size)
                .findFirst()
                .orElseThrow();
        database.sql.update("delete from ledger.checkpoint where size > ?", size);
        database.sql.update("delete from ledger.seal_run where first_leaf >= ?", size);
        database.sql.update("delete from ledger.domain_event where global_index > ?", then.lastPosition());
        database.sql.update("delete from ledger.seal_tile where tile_index > 0");
        GrowingTree tree = GrowingTree.empty();
        database.leavesOfTheRuns().forEach(tree::append);
        tree.edge()
                .forEach((level, hashes) ->
                        database.sql.update("update ledger.seal_edge set hashes = ? where level = ?", hashes, level));
    }

    private String beginAnew(SignedNote... kept) throws SQLException {
        return beginAnew(REASON, kept);
    }

    private String beginAnew(String reason, SignedNote... kept) throws SQLException {
        try (Connection connection = database.connection()) {
            return BeginAnew.of(
                    connection,
                    database.keyFile(),
                    database.lastCheckpoint(),
                    List.of(kept),
                    Optional.empty(),
                    reason,
                    SealedDatabase.NOW);
        }
    }

    private SealReport verified(NoteKey key, SignedNote... outside) throws SQLException {
        try (Connection connection = database.owner.getConnection()) {
            connection.setAutoCommit(false);
            SealReport report = SealVerification.verify(connection, new Known(Optional.of(key), List.of(outside)));
            connection.rollback();
            return report;
        }
    }

    private static Checkpoint of(SignedNote note) {
        return Checkpoint.of(note);
    }

    /** The old log's, of any size, over something else. */
    private SignedNote forked(long size) {
        return old.sign(new Checkpoint(old.publicKey().name(), size, Hash.ofLeaf(new byte[1])).unsigned());
    }

    private static String nameOf(NoteKey key) {
        return "/anew-" + CanonicalJson.sha256(key.publicKey()).substring(0, 8);
    }

    @Test
    @DisplayName(
            "an older copy is not sealed until it is begun anew; then the first leaves hold, and every checkpoint says how")
    void goesOn() throws SQLException {
        assertThatThrownBy(() -> database.seal(1_000))
                .isInstanceOf(SealAlarm.class)
                .hasMessageContaining("older copy")
                .hasMessageContaining("begin-anew");

        SignedNote declared = SignedNote.parse(beginAnew());
        database.seal(3);

        var fresh = database.key().publicKey();
        Break begun = theBreak();
        assertThat(fresh.name()).startsWith(old.publicKey().name()).endsWith(nameOf(fresh));
        assertThat(declared.isSignedBy(old.publicKey())).isTrue();
        assertThat(declared.isSignedBy(fresh)).isTrue();
        assertThat(declared.text()).contains(fresh.text(), String.join("\n", begun.lines()));
        assertThat(database.checkpoints().subList(1, 4)).allSatisfy(checkpoint -> {
            SignedNote note = SignedNote.parse(checkpoint.note());
            assertThat(note.isSignedBy(fresh)).isTrue();
            assertThat(of(note).origin()).isEqualTo(fresh.name());
            assertThat(Break.in(of(note).extensions())).containsExactly(begun);
        });
        assertThat(database.checkpoints().getLast().size()).isEqualTo(312);
        SealReport report = verified(fresh);
        assertThat(report.findings()).isEmpty();
        assertThat(report.begunAnew()).singleElement().satisfies(said -> {
            assertThat(said.after()).isEqualTo(old.publicKey().text());
            assertThat(said.holds()).isEqualTo(305);
            assertThat(said.givenUp()).isEqualTo(505);
            assertThat(said.reason()).isEqualTo(REASON);
        });
        assertThat(verified(old.publicKey()).findings())
                .as("whoever has the old key believes the declaration")
                .isEmpty();
    }

    @Test
    @DisplayName(
            "whoever kept a later checkpoint is told of the break; one that was not declared is a fork; an earlier one holds")
    void keptCheckpoints() throws SQLException {
        beginAnew();
        database.seal(1_000);
        var fresh = database.key().publicKey();
        SignedNote between = forked(400);
        SignedNote other = forked(505);
        SignedNote beyond = forked(506);

        assertThat(verified(fresh, held).findings()).isEmpty();
        assertThat(verified(fresh, lost, between).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.BREAK, Kind.BREAK);
        assertThat(verified(fresh, lost).findings().getFirst().words())
                .contains("505 leaves", "305 leaves of it hold", REASON);
        assertThat(verified(fresh, other).findings()).extracting(Finding::kind).containsExactly(Kind.FORK);
        assertThat(verified(fresh, beyond).findings()).extracting(Finding::kind).containsExactly(Kind.FORK);
    }

    @Test
    @DisplayName(
            "evidence of it tells of the break, also to the independent verifier, and the old key is told that its log ended")
    void evidence() throws Exception {
        beginAnew();
        database.seal(1_000);
        // A position that the old log had sealed is told under the new one too.
        byte[] written = written(290);

        Findings findings = bundle(written, database.key().publicKey());
        assertThat(findings.failures()).isEmpty();
        assertThat(findings.begunAnew()).containsExactly(theBreak());
        assertThat(asNodeSays(written))
                .contains("begun anew", "305 leaves of " + old.publicKey().name(), REASON);
        assertThat(bundle(written, old.publicKey()).of(Check.KEY).orElseThrow().en())
                .contains("the log of this key was ended");
    }

    private byte[] written(long position) throws SQLException, IOException {
        var out = new ByteArrayOutputStream();
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            BundleWriter.write(
                    out, Scope.LEDGER, LedgerMoment.of(connection, new Asked.Position(position), SealedDatabase.NOW));
        }
        return out.toByteArray();
    }

    private Break theBreak() {
        return new Break(old.publicKey(), 305, of(held).root(), 505, of(lost).root(), REASON);
    }

    /** What the independent verifier says of a bundle that holds. */
    private String asNodeSays(byte[] bundle) throws IOException, InterruptedException {
        Path file = directory.resolve("ledger.evidence");
        Files.write(file, bundle);
        var node = NodeVerifier.run(
                file.toString(), "--key", database.key().publicKey().text());
        assertThat(node.status()).isZero();
        return node.output();
    }

    private static Findings bundle(byte[] bundle, NoteKey key) throws IOException {
        return BundleVerification.of(new ByteArrayInputStream(bundle), key, List.of(), null);
    }

    @Test
    @DisplayName(
            "it is refused where nothing is lost, where something was changed, without a reason, and while somebody seals")
    void refused() throws SQLException {
        assertThatThrownBy(() -> beginAnew(" ")).hasMessageContaining("for a reason");
        assertThatThrownBy(() -> beginAnew("two\nlines")).hasMessageContaining("in one line");
        try (Seat ignored = seatOfAnother()) {
            assertThatThrownBy(this::beginAnew).hasMessageContaining("seals this database at the moment");
        }
        database.sql.update("update ledger.domain_event set recorded_at = now() where global_index = 17");
        assertThatThrownBy(this::beginAnew).hasMessageContaining("it was changed", "position 17");
        assertThat(database.sql.queryForObject("select count(*) from ledger.seal_identity", Long.class))
                .isEqualTo(1);
        assertThat(database.key().publicKey()).isEqualTo(old.publicKey());
    }

    @Test
    @DisplayName(
            "it is refused where a kept checkpoint, or the last, has another root over what the database still has; a true one lets it")
    void contradicted() throws SQLException, IOException {
        for (long size : List.of(17L, 305L)) {
            assertThatThrownBy(() -> beginAnew(lost, forked(size)))
                    .as("kept, of %d leaves", size)
                    .isInstanceOf(SealAlarm.class)
                    .hasMessageContainingAll("it was changed", "checkpoint from outside", size + " leaves");
        }
        Files.writeString(database.lastCheckpoint(), forked(305).written());
        assertThatThrownBy(() -> beginAnew(lost)).hasMessageContainingAll("it was changed", "305 leaves");
        assertThat(database.key().publicKey()).isEqualTo(old.publicKey());

        Files.writeString(database.lastCheckpoint(), held.written());
        // What is behind the database's end it cannot be held against.
        beginAnew(lost, held, forked(306));
        assertThat(database.key().publicKey()).isNotEqualTo(old.publicKey());
    }

    @Test
    @DisplayName(
            "begun anew a second time from the same copy, the log has another name than the one that was lost with it")
    void neverTheSameName() throws SQLException, IOException {
        beginAnew();
        String first = database.key().publicKey().name();
        // As the copy has it: neither the database nor the directory knows of the log that was begun in between.
        database.sql.update("delete from ledger.seal_identity where number = 1");
        Files.writeString(database.keyFile(), old.secretText() + "\n");
        beginAnew(lost);

        assertThat(database.key().publicKey().name())
                .startsWith(old.publicKey().name() + "/anew-")
                .isNotEqualTo(first);
    }

    private Seat seatOfAnother() throws SQLException {
        // Its own last checkpoint is not there, so that it may seal.
        return Seat.take(
                        database.connection(),
                        new Seat.Outside(database.keyFile(), "", new LastCheckpoint(directory.resolve("none"))),
                        () -> SealedDatabase.NOW)
                .orElseThrow();
    }

    @Test
    @DisplayName("a log that has lost nothing is not begun anew, and one without any later checkpoint neither")
    void nothingIsLost() throws SQLException, IOException {
        Files.delete(database.lastCheckpoint());
        assertThatThrownBy(this::beginAnew).hasMessageContaining("what is given up must be said");
        assertThatThrownBy(() -> beginAnew(held)).hasMessageContaining("Nothing is lost");
        beginAnew(lost);
        database.seal(1_000);
        assertThat(verified(database.key().publicKey(), lost).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.BREAK);
    }

    @Test
    @DisplayName(
            "interrupted before the files followed the database, it is gone on with, and the old key and checkpoint are kept")
    void interrupted() throws SQLException, IOException {
        String declared = beginAnew();
        Path ended = database.keyFile().resolveSibling("seal.key.ended-1");
        Files.move(database.keyFile(), database.keyFile().resolveSibling("seal.key.next"));
        Files.move(ended, database.keyFile());
        assertThatThrownBy(() -> database.seal(1_000)).hasMessageContaining("Put the right one back");

        assertThat(beginAnew("another reason")).isEqualTo(declared);

        database.seal(1_000);
        assertThat(verified(database.key().publicKey()).findings()).isEmpty();
        assertKept("1", old, lost);
    }

    @Test
    @DisplayName("interrupted when both had their second names, they are kept once, under these")
    void interruptedLater() throws SQLException, IOException {
        String declared = beginAnew();
        Path keyFile = database.keyFile();
        Files.move(keyFile, keyFile.resolveSibling("seal.key.next"));
        Files.createLink(keyFile, keyFile.resolveSibling("seal.key.ended-1"));
        Files.createLink(database.lastCheckpoint(), directory.resolve("last-checkpoint.ended-1"));

        assertThat(beginAnew()).isEqualTo(declared);

        assertKept("1", old, lost);
        assertThat(keyFile.resolveSibling("seal.key.ended-2")).doesNotExist();
        assertThat(directory.resolve("last-checkpoint.ended-2")).doesNotExist();
        assertThat(database.lastCheckpoint()).doesNotExist();
        assertThat(keyFile.resolveSibling("seal.key.next")).doesNotExist();
    }

    @Test
    @DisplayName(
            "no file that is there is ever overwritten: the old key and its last checkpoint get the next number that is free of both")
    void freeNames() throws SQLException, IOException {
        Path somebodys = database.keyFile().resolveSibling("seal.key.ended-1");
        Path anothers = directory.resolve("last-checkpoint.ended-2");
        Files.writeString(somebodys, "a key of a log that the copy knows nothing of");
        Files.writeString(anothers, "its checkpoint");

        beginAnew();

        assertKept("3", old, lost);
        assertThat(somebodys).hasContent("a key of a log that the copy knows nothing of");
        assertThat(anothers).hasContent("its checkpoint");
        SigningKey second = database.key();
        database.seal(1_000);
        SignedNote holds = SignedNote.parse(database.checkpoints().getLast().note());
        database.append("voucher:V1", 50);
        database.seal(1_000);
        SignedNote lostAgain = SignedNote.parse(database.checkpoints().getLast().note());
        cutBack(of(holds).size());
        beginAnew("lost again");
        assertKept("3", old, lost);
        assertKept("4", second, lostAgain);
    }

    private void assertKept(String number, SigningKey key, SignedNote checkpoint) throws IOException {
        assertThat(SealKey.read(database.keyFile().resolveSibling("seal.key.ended-" + number))
                        .orElseThrow()
                        .publicKey())
                .isEqualTo(key.publicKey());
        assertThat(Files.readString(directory.resolve("last-checkpoint.ended-" + number)))
                .isEqualTo(checkpoint.written());
    }

    @Test
    @DisplayName(
            "it is refused where the last checkpoint is damaged, because what is given up comes from it; the words say which file")
    void damagedLastCheckpoint() throws SQLException, IOException {
        Files.writeString(database.lastCheckpoint(), lost.written().replace("\n505\n", "\n306\n"));
        assertThatThrownBy(this::beginAnew)
                .isInstanceOf(SealAlarm.class)
                .hasMessageContainingAll(database.lastCheckpoint().toString(), "is false", "put the file aside");
        assertThat(database.key().publicKey()).isEqualTo(old.publicKey());

        Files.move(database.lastCheckpoint(), directory.resolve("put-aside"));
        beginAnew(lost);
        assertThat(database.key().publicKey()).isNotEqualTo(old.publicKey());
    }

    @Test
    @DisplayName("nothing is certified between the two: the new key vouches for no checkpoint of the old one")
    void notSealedYet() throws SQLException {
        var attestor = new Attestor(database.sql, null, database.keyFile());
        assertThat(attestor.covering(300).checkpoint()).isEqualTo(of(held));
        beginAnew();
        assertThat(attestor.sealedUpTo()).isZero();
        assertThatThrownBy(() -> attestor.covering(300)).isInstanceOf(Refused.class);
        database.seal(1_000);
        assertThat(attestor.covering(300).checkpoint().origin())
                .isEqualTo(database.key().publicKey().name());
    }

    @Test
    @DisplayName("a second loss begins a third log, which tells of both, and all three keys lead to each other")
    void twice() throws Exception {
        beginAnew();
        database.seal(1_000);
        SigningKey second = database.key();
        SignedNote held2 = SignedNote.parse(database.checkpoints().getLast().note());
        database.append("voucher:V1", 50);
        database.seal(1_000);
        SignedNote lost2 = SignedNote.parse(database.checkpoints().getLast().note());
        cutBack(of(held2).size());
        beginAnew("lost again");
        database.append("voucher:V1", 9);
        database.seal(1_000);

        NoteKey third = database.key().publicKey();
        assertThat(third.name())
                .as("begun anew twice, it is told once")
                .isEqualTo(old.publicKey().name() + nameOf(third));
        for (NoteKey key :
                List.of(old.publicKey(), second.publicKey(), database.key().publicKey())) {
            assertThat(verified(key, held).findings()).isEmpty();
            assertThat(verified(key, lost).findings()).extracting(Finding::kind).containsExactly(Kind.BREAK);
        }
        assertThat(verified(database.key().publicKey()).begunAnew()).hasSize(2);
        var breaks = List.of(
                new Break(
                        second.publicKey(),
                        312,
                        of(held2).root(),
                        362,
                        of(lost2).root(),
                        "lost again"),
                theBreak());
        byte[] written = written(290);
        assertThat(bundle(written, third).begunAnew()).isEqualTo(breaks);
        assertThat(asNodeSays(written))
                .contains(
                        "312 leaves of " + second.publicKey().name(),
                        "305 leaves of " + old.publicKey().name());
        for (NoteKey ended : List.of(old.publicKey(), second.publicKey())) {
            assertThat(bundle(written, ended).of(Check.KEY).orElseThrow().en())
                    .contains("the log of this key was ended");
        }
    }

    @Test
    @DisplayName(
            "a witness that was away while a log was begun and ended goes on from what it saw of the one before that")
    void witnessedTwice() throws Exception {
        beginAnew();
        database.seal(1_000);
        List<NoteKey> keys =
                new ArrayList<>(List.of(old.publicKey(), database.key().publicKey()));
        database.append("voucher:V1", 50);
        database.seal(1_000);
        cutBack(312);
        beginAnew("lost again");
        database.append("voucher:V1", 9);
        keys.add(database.key().publicKey());
        for (Watch watch : List.of(
                new Watch(keys, held, false),
                new Watch(keys, lost, false),
                new Watch(keys, forked(300), true),
                new Watch(keys, forked(505), true),
                new Watch(List.of(old.publicKey(), keys.getLast()), forked(300), true))) {
            witnessed(watch, 321);
        }
    }

    @Test
    @DisplayName("a break that somebody invents, alters or takes away is found, and sealing ends")
    void forged() throws SQLException {
        beginAnew();
        database.seal(1_000);
        NoteKey fresh = database.key().publicKey();
        for (String change : List.of(
                "update ledger.seal_identity set declared = replace(declared, 'disk', 'tape') where number = 1",
                "delete from ledger.seal_identity where number = 0",
                "delete from ledger.seal_identity where number = 1",
                "insert into ledger.seal_identity select 2, 'x', vkey, created_at, declared from ledger.seal_identity"
                        + " where number = 1",
                "update ledger.seal_identity set vkey = (select vkey from ledger.seal_identity where number = 0)"
                        + " where number = 1")) {
            try (Connection connection = database.owner.getConnection()) {
                connection.setAutoCommit(false);
                assertThat(SealTables.over(connection).update(change)).isPositive();
                assertThat(SealVerification.verify(connection, new Known(Optional.of(fresh), List.of()))
                                .findings())
                        .as(change)
                        .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.KEY));
                connection.rollback();
            }
        }
        SignedNote declared = SignedNote.parse(database.sql.queryForObject(
                "select declared from ledger.seal_identity where number = 1", String.class));
        for (NoteKey only : List.of(fresh, old.publicKey())) {
            String byOne = new SignedNote(
                            declared.text(),
                            declared.signatures().stream()
                                    .filter(signature -> signature.name().equals(only.name()))
                                    .toList())
                    .written();
            try (Connection connection = database.owner.getConnection()) {
                connection.setAutoCommit(false);
                SealTables.over(connection)
                        .update("update ledger.seal_identity set declared = ? where number = 1", byOne);
                assertThat(SealVerification.verify(connection, new Known(Optional.of(fresh), List.of()))
                                .findings())
                        .as("signed by %s alone", only.name())
                        .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.KEY));
                connection.rollback();
            }
        }
        database.sql.update(
                "update ledger.seal_identity set declared = replace(declared, 'disk', 'tape') where number = 1");
        assertThatThrownBy(() -> database.seal(1_000)).isInstanceOf(SealAlarm.class);
    }

    /** A witness of the keys that it watches, and what it has seen of the old log. */
    private record Watch(List<NoteKey> watched, SignedNote seen, boolean refuses) {}

    @Test
    @DisplayName(
            "a witness that was given the new key goes on from what it has seen of the old log, or from what holds of it; it refuses"
                    + " the new log if it has seen what was not declared, or was not given the key")
    void witnessed() throws Exception {
        beginAnew();
        NoteKey fresh = database.key().publicKey();
        List<NoteKey> both = List.of(old.publicKey(), fresh);
        for (Watch watch : List.of(
                new Watch(List.of(old.publicKey()), lost, true),
                new Watch(both, held, false),
                new Watch(both, lost, false),
                new Watch(both, forked(300), true),
                new Watch(both, forked(505), true),
                new Watch(both, forked(506), true))) {
            witnessed(watch, 312);
        }
    }

    private void witnessed(Watch watch, long leaves) throws Exception {
        var witness = SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());
        Path memory = Files.createTempDirectory(directory, "witness");
        try (var server = WitnessServer.start(
                        new Witness(memory, witness, watch.watched(), InstantSource.system()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var http = HttpClient.newHttpClient()) {
            URI url = URI.create("http://127.0.0.1:" + server.port());
            assertThat(new WitnessClient(url, witness.publicKey(), http)
                            .show(watch.seen(), of(watch.seen()).size(), 0, (from, to) -> List.of()))
                    .isInstanceOf(WitnessClient.Shown.Cosigned.class);
            var log = new SealedLog(database.program, new JdbcTransactionManager(database.program));
            var settings = new SealSettings(true, 1_000, Duration.ZERO, "", "", List.of());
            try (var witnesses = new Witnesses(
                            List.of(new SealSettings.Witness(
                                    url, witness.publicKey().text())),
                            log,
                            InstantSource.system());
                    var sealer = new Sealer(
                            database::connection,
                            database.outside(),
                            () -> new Balance(Long.MAX_VALUE, Optional.empty()),
                            settings,
                            InstantSource.system(),
                            witnesses)) {
                sealer.start();
                long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                // The witness may answer before the sealer says how far it is.
                while (sealer.status().leaves() < leaves
                        || witnesses.standings().getFirst().leaves() < leaves
                                && !witnesses.standings().getFirst().refuses()) {
                    assertThat(System.nanoTime()).as("in time").isLessThan(until);
                    LockSupport.parkNanos(5_000_000);
                }
                assertThat(witnesses.standings().getFirst().refuses())
                        .as("%s", watch)
                        .isEqualTo(watch.refuses());
                assertThat(sealer.status().leaves()).isEqualTo(leaves);
            }
        }
    }
}
