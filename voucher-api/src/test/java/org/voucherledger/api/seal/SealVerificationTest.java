package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.api.seal.SealVerification.Known;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;

/** Every way of changing a sealed database is found, in one transaction each, which is rolled back afterwards. */
class SealVerificationTest {

    /** What is done to the database, as its owner. */
    @FunctionalInterface
    private interface Tampering {
        void with(JdbcTemplate sql);
    }

    @TempDir
    private static Path directory;

    private static SealedDatabase database;

    /** Events 1 to 300 and a refusal, then three refusals, then events 301 to 600 with a gap at 501, then 601 to 700. */
    @BeforeAll
    static void aSealedLedger() throws SQLException {
        database = new SealedDatabase(directory);
        database.append("V1", 300);
        database.refuse();
        database.accept();
        database.seal(10_000);
        database.append("V2", 200);
        database.sql.queryForObject(
                "select nextval(pg_get_serial_sequence('ledger.domain_event', 'global_index'))", Long.class);
        database.append("V2", 99);
        database.refuse();
        database.accept();
        database.refuse();
        database.refuse();
        sealTwice();
        database.append("V3", 100);
        database.refuseUpload();
        database.refuseUpload();
        database.seal(10_000);
    }

    /** The first look finds the gap, the second gives it up. */
    private static void sealTwice() throws SQLException {
        try (Seat seat = database.seat()) {
            seat.seal(0, 10, SealedDatabase.NOW);
            while (seat.seal(Long.MAX_VALUE, 10_000, SealedDatabase.NOW).isPresent()
                    || seat.unsealed().rows() > 1) {
                assertThat(seat.leaves()).isLessThan(700);
            }
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static NoteKey key() {
        return database.key().publicKey();
    }

    private static Known known() {
        return new Known(Optional.of(key()), List.of());
    }

    private SealReport verified(Known known, Tampering tampering) throws SQLException {
        try (Connection connection = database.owner.getConnection()) {
            connection.setAutoCommit(false);
            tampering.with(SealTables.over(connection));
            SealReport report = SealVerification.verify(connection, known);
            connection.rollback();
            return report;
        }
    }

    private SealReport verified(Tampering tampering) throws SQLException {
        return verified(known(), tampering);
    }

    @Test
    @DisplayName("a ledger that nobody has touched holds, and everything in it was looked at")
    void untouched() throws SQLException {
        SealReport report = verified(sql -> {});

        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.leaves()).isEqualTo(705);
        assertThat(report.events()).isEqualTo(699);
        assertThat(report.refusals()).isEqualTo(6);
        assertThat(report.checkpoints()).isGreaterThanOrEqualTo(3);
        assertThat(report.unsealed()).isZero();
        assertThat(report.keyFromDatabase()).isFalse();
    }

    @Test
    @DisplayName("what has happened since the last checkpoint is counted and not complained of")
    void unsealed() throws SQLException {
        SealReport report = verified(sql -> sql.execute("insert into ledger.domain_event (event_identifier,"
                + " aggregate_identifier, sequence_number, type, recorded_at, payload_type, payload, meta_data)"
                + " values ('new', 'V9', 0, 'Voucher', now(), 'VoucherIssued', '{}', '{}')"));

        assertThat(report.holds()).isTrue();
        assertThat(report.unsealed()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @DisplayName("what was done is found: of which kind, where, and by which leaf")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTERED | 17 | update ledger.domain_event set payload = replace(convert_from(payload, 'UTF8'), '16', '99')::bytea where global_index = 17",
                "ALTERED | 1 | update ledger.domain_event set meta_data = '{\"actor\":\"operator-2\"}' where global_index = 1",
                "ALTERED | 300 | update ledger.domain_event set recorded_at = recorded_at - interval '1 microsecond' where global_index = 300",
                "ALTERED | 600 | update ledger.domain_event set sequence_number = 100000 where global_index = 600",
                "ALTERED | 301 | update ledger.domain_event set payload_type = 'VoucherRevoked' where global_index = 301",
                "ALTERED | 700 | update ledger.domain_event set payload_revision = null where global_index = 700",
                "ALTERED | 256 | update ledger.domain_event set event_identifier = 'other' where global_index = 256",
                "ALTERED | 257 | update ledger.domain_event set aggregate_identifier = 'V8' where global_index = 257",
                "ALTERED | 20 | update ledger.domain_event set type = 'Batch' where global_index = 20",
                "ALTERED | 21 | update ledger.domain_event set payload = 'no json' where global_index = 21",
                "ALTERED | 22 | update ledger.domain_event set recorded_at = 'infinity' where global_index = 22",
                "DROPPED | 1 | delete from ledger.domain_event where global_index = 1",
                "DROPPED | 333 | delete from ledger.domain_event where global_index = 333",
                "DROPPED | 700 | delete from ledger.domain_event where global_index = 700",
                "INSERTED | 501 | insert into ledger.domain_event overriding system value select 501, 'x', 'V9', 0, type, recorded_at, payload_type, payload_revision, payload, meta_data from ledger.domain_event where global_index = 500",
                "INSERTED | 0 | insert into ledger.domain_event overriding system value select 0, 'x', 'V9', 0, type, recorded_at, payload_type, payload_revision, payload, meta_data from ledger.domain_event where global_index = 500",
                "ALTERED | 1 | update ledger.command_answer set actor = 'enterprise-2' where id = 1",
                "ALTERED | 5 | update ledger.command_answer set answer = '{\"rule\":\"GZ_12\"}' where id = 5",
                "ALTERED | 6 | update ledger.command_answer set received_at = received_at - interval '1 day' where id = 6",
                "DROPPED | | delete from ledger.command_answer where id = 1",
                "DROPPED | | delete from ledger.command_answer where id = 3",
                "DROPPED | | update ledger.command_answer set outcome = 'ACCEPTED', rule = null, about = null, stage = null where id = 5",
                "INSERTED | 4 | update ledger.command_answer set outcome = 'REFUSED', rule = 'a', about = 'b', stage = 'c' where id = 4",
                "INSERTED | 2 | update ledger.command_answer set outcome = 'REFUSED', rule = 'a', about = 'b', stage = 'c' where id = 2",
                "ALTERED | 1 | update ledger.upload_refusal set used_figure = '1' where id = 1",
                "ALTERED | 2 | update ledger.upload_refusal set declared = 'text/plain' where id = 2",
                "DROPPED | | delete from ledger.upload_refusal where id = 2",
                "INSERTED | 0 | insert into ledger.upload_refusal overriding system value select 0, actor, role, on_behalf_of, received_at, declared, sha256, size_bytes, rule, about, stage, limit_figure, used_figure from ledger.upload_refusal where id = 1",
                "TREE | | update ledger.seal_tile set hashes = set_byte(hashes, 99, 1 + get_byte(hashes, 99) % 254) where tile_index = 1 and level = 0",
                "TREE | | update ledger.seal_edge set hashes = set_byte(hashes, 40, 1 + get_byte(hashes, 40) % 254) where level = 1",
                "TREE | | update ledger.seal_edge set hashes = substr(hashes, 33) where level = 0",
                "TREE | | delete from ledger.seal_tile where level = 0 and tile_index = 1",
                "TREE | | insert into ledger.seal_tile select 0, 77, hashes from ledger.seal_tile where tile_index = 0 and level = 0",
                "RUNS | | delete from ledger.seal_run where first_leaf = 0",
                "RUNS | | update ledger.seal_run set first_leaf = first_leaf + 1 where first_leaf > 300",
                "CHECKPOINT | 301 | update ledger.checkpoint set note = replace(note, '301', '302') where size = 301",
                "CHECKPOINT | 301 | update ledger.checkpoint set root = decode(repeat('00', 32), 'hex') where size = 301",
                "CHECKPOINT | 301 | update ledger.checkpoint set last_position = 299 where size = 301",
                "CHECKPOINT | 301 | update ledger.checkpoint set last_answer = 0 where size = 301",
                "CHECKPOINT | 302 | update ledger.checkpoint set size = 302 where size = 301",
                "CHECKPOINT | 301 | update ledger.checkpoint set note = substr(note, 1, 40) where size = 301",
                "CHECKPOINT | 705 | delete from ledger.seal_run where first_leaf >= 600",
                "CHECKPOINT | 705 | update ledger.checkpoint set last_upload = 1 where size = 705",
                "CHECKPOINT | 301 | update ledger.checkpoint set signed_at = signed_at - interval '1 microsecond' where size = 301",
                "CHECKPOINT | 705 | delete from ledger.checkpoint where size > 301 and size < 705",
                "CHECKPOINT | 301 | insert into ledger.cosignature select size, 'witness', 'no signature', signed_at from ledger.checkpoint where size = 301",
            })
    void found(Kind kind, Long row, String change) throws SQLException {
        SealReport report = verified(sql -> assertThat(sql.update(change)).isPositive());

        assertThat(report.holds()).isFalse();
        assertThat(report.found()).isEqualTo(report.findings().size());
        assertThat(report.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.row()).isEqualTo(row);
        });
        if (kind == Kind.ALTERED || kind == Kind.DROPPED || kind == Kind.INSERTED) {
            assertThat(report.findings()).as("nothing else").hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "what was changed is named: position, stream, sequence, leaf, and the checkpoints between which it was sealed")
    void where() throws SQLException {
        List<Sealed> checkpoints = database.checkpoints();
        Sealed before = checkpoints.get(1);
        Sealed until = checkpoints.get(2);

        SealReport report = verified(
                sql -> sql.update("update ledger.domain_event set recorded_at = now() where global_index = 310"));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.table()).isEqualTo("ledger.domain_event");
            assertThat(finding.row()).isEqualTo(310);
            assertThat(finding.leaf()).as("behind four refusals").isEqualTo(313);
            assertThat(finding.stream()).isEqualTo("V2");
            assertThat(finding.sequence()).isEqualTo(9);
            assertThat(finding.after()).isEqualTo(new Signed(before.size(), before.signedAt()));
            assertThat(finding.until()).isEqualTo(new Signed(until.size(), until.signedAt()));
            assertThat(finding.words()).contains("position 310", "stream V2", "sequence 9");
        });
    }

    @Test
    @DisplayName("since when is told by the time that was signed, not by the one that the table says now")
    void sinceWhenWasSigned() throws SQLException {
        Sealed until = database.checkpoints().get(2);

        SealReport report = verified(sql -> {
            sql.update("update ledger.domain_event set recorded_at = now() where global_index = 310");
            sql.update("update ledger.checkpoint set signed_at = timestamptz 'infinity' where size = ?", until.size());
        });

        assertThat(report.findings())
                .extracting(Finding::kind, Finding::row)
                .containsExactly(tuple(Kind.ALTERED, 310L), tuple(Kind.CHECKPOINT, until.size()));
        assertThat(report.findings())
                .allSatisfy(
                        finding -> assertThat(finding.until()).isEqualTo(new Signed(until.size(), until.signedAt())));
    }

    @Test
    @DisplayName("what stands before the first event falls to the first checkpoint, also where that covers no event")
    void beforeTheFirst() throws SQLException {
        SealReport report = verified(sql -> sql.update(
                "insert into ledger.domain_event overriding system value select -7, 'x', 'V9', 0, type, recorded_at,"
                        + " payload_type, payload_revision, payload, meta_data from ledger.domain_event"
                        + " where global_index = 500"));

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.INSERTED);
            assertThat(finding.after()).isNull();
            assertThat(finding.until().leaves())
                    .isEqualTo(database.checkpoints().getFirst().size());
        });
    }

    @Test
    @DisplayName("two events that changed places are both found, each with the place it was sealed at")
    void reordered() throws SQLException {
        SealReport report = verified(sql -> {
            sql.execute("alter table ledger.domain_event alter global_index set generated by default");
            sql.update("update ledger.domain_event set global_index = -1 where global_index = 40");
            sql.update("update ledger.domain_event set global_index = 40 where global_index = 444");
            sql.update("update ledger.domain_event set global_index = 444 where global_index = -1");
        });

        assertThat(report.findings())
                .extracting(Finding::kind, Finding::row)
                .containsExactly(tuple(Kind.REORDERED, 40L), tuple(Kind.REORDERED, 444L));
        assertThat(report.findings().getFirst().words()).contains("was sealed at position 444");
    }

    @Test
    @DisplayName("an event that was pushed in, with all behind it moved on, is found; the others are known again")
    void pushedIn() throws SQLException {
        SealReport report = verified(sql -> {
            sql.execute("alter table ledger.domain_event alter global_index set generated by default");
            sql.update("update ledger.domain_event set global_index = global_index + 10000 where global_index > 690");
            sql.update("insert into ledger.domain_event overriding system value select 691, 'x', 'V9', 0, type,"
                    + " recorded_at, payload_type, payload_revision, payload, meta_data from ledger.domain_event"
                    + " where global_index = 1");
            sql.update("update ledger.domain_event set global_index = global_index - 9999 where global_index > 10000");
        });

        assertThat(report.findings().getFirst().kind()).isEqualTo(Kind.INSERTED);
        assertThat(report.findings().getFirst().row()).isEqualTo(691);
        assertThat(report.findings().stream().skip(1))
                .hasSize(9)
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Kind.REORDERED));
    }

    @Test
    @DisplayName("a tail that was rewritten together with its tree is found by the root that was signed")
    void rewrittenWithItsTree() throws SQLException {
        SealReport report = verified(sql -> {
            sql.update("update ledger.domain_event set recorded_at = now() where global_index = 700");
            Hash forged = sql.queryForObject(
                    "select " + LeafRows.EVENT_COLUMNS + " from ledger.domain_event where global_index = 700",
                    (row, n) -> Hash.ofLeaf(LeafRows.event(row).line()));
            sql.update(
                    "update ledger.seal_edge set hashes = overlay(hashes placing ?::bytea from ?) where level = 0",
                    forged.bytes(),
                    702 % 256 * Hash.BYTES + 1);
        });

        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.TREE);
            assertThat(finding.words()).contains("neither the rows nor the tree");
            assertThat(finding.until().leaves()).isEqualTo(705);
        });
    }

    @Test
    @DisplayName("a changed tree is told from changed rows, also behind a row that was changed")
    void treeAndRows() throws SQLException {
        SealReport report = verified(sql -> {
            sql.update("update ledger.domain_event set recorded_at = now() where global_index = 5");
            sql.update("update ledger.seal_edge set hashes = set_byte(hashes, 5000, 1 + get_byte(hashes, 5000) % 254)"
                    + " where level = 0");
        });

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.ALTERED, Kind.TREE);
        assertThat(report.findings().getLast().words()).contains("the rows are those that were signed");
    }

    /** The tree and its tiles as they are right for the rows that are there now. */
    private static void growAnew(JdbcTemplate sql) {
        GrowingTree tree = GrowingTree.empty();
        for (Run run : database.runs()) {
            sql.query(
                            run.source().leavesBetween(),
                            (row, n) -> Hash.ofLeaf(
                                    run.source().leaf().mapRow(row, n).line()),
                            run.firstSource(),
                            run.lastSource())
                    .forEach(tree::append);
        }
        tree.takeComplete()
                .forEach(tile -> sql.update(
                        "update ledger.seal_tile set hashes = ? where level = ? and tile_index = ?",
                        tile.hashes(),
                        tile.level(),
                        tile.index()));
        tree.edge()
                .forEach((level, hashes) ->
                        sql.update("update ledger.seal_edge set hashes = ? where level = ?", hashes, level));
    }

    @ParameterizedTest(name = "checkpoints of more than {0} leaves taken away, event {1} changed")
    @DisplayName("leaves that no signature covers do not hold, however well the tree was grown over them anew")
    @CsvSource({"0, 17", "301, 444", "301, 700"})
    void notCovered(long kept, long changed) throws SQLException {
        SealReport report = verified(sql -> {
            sql.update("delete from ledger.checkpoint where size > ?", kept);
            sql.update("update ledger.domain_event set recorded_at = now() where global_index = ?", changed);
            growAnew(sql);
        });

        assertThat(report.holds()).isFalse();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.CHECKPOINT);
            assertThat(finding.row()).isNull();
            assertThat(finding.words()).contains("no checkpoint covers the leaves from " + kept + " to 704");
            assertThat(finding.until()).isNull();
        });
    }

    @Test
    @DisplayName(
            "a cosignature is believed when the witness's key verifies it of this very checkpoint, and not of another")
    void cosigned() throws SQLException {
        var witness = SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());
        String line = witness.cosign(
                        SignedNote.parse(database.checkpoints().getFirst().note()), SealedDatabase.NOW)
                .signatures()
                .getLast()
                .toString();
        String keep = "insert into ledger.cosignature (size, vkey, line, received_at) values (?, ?, ?, now())";

        assertThat(verified(sql -> sql.update(keep, 301, witness.publicKey().text(), line))
                        .findings())
                .isEmpty();
        assertThat(verified(sql -> sql.update(keep, 705, witness.publicKey().text(), line))
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.table()).isEqualTo("ledger.cosignature");
                    assertThat(finding.row()).isEqualTo(705);
                });
    }

    @Test
    @DisplayName("a log that has lost its name and key is not believed, whoever knows the key")
    void noIdentity() throws SQLException {
        Tampering lost = sql -> sql.update("delete from ledger.seal_identity");

        assertThat(verified(lost).findings()).extracting(Finding::kind).containsExactly(Kind.KEY);
        assertThat(verified(Known.NOTHING, lost).findings())
                .extracting(Finding::kind)
                .contains(Kind.KEY);
        assertThat(verified(Known.NOTHING, sql -> {
                            lost.with(sql);
                            sql.update("delete from ledger.checkpoint");
                        })
                        .holds())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a run of impossibly many rows is a finding, and is not counted to its end")
    @CsvSource(
            delimiter = '|',
            value = {
                "update ledger.seal_run set last_source = 9223372036854775807, length = 9223372036854775807 where first_leaf = 0",
                "update ledger.seal_run set last_source = 9223372036854775807, length = 9223372036854775800 where kind = 'REFUSAL' and first_leaf = 300",
                "update ledger.seal_run set last_source = 9223372036854775807 where first_leaf = 0",
                "update ledger.seal_run set length = 0 where first_leaf = 0",
                "insert into ledger.seal_run (first_leaf, kind, first_source, last_source, length) values (705, 'EVENT', 10000, 9223372036854775806, 9223372036854765807)",
                "insert into ledger.seal_run (first_leaf, kind, first_source, last_source, length) values (705, 'REFUSAL', 10000, 9223372036854775807, 1)",
                "update ledger.seal_run set kind = 'NONE' where first_leaf = 0",
            })
    void endless(String change) throws SQLException {
        SealReport report = verified(sql -> {
            sql.execute("alter table ledger.seal_run drop constraint seal_run_check");
            sql.execute("alter table ledger.seal_run drop constraint seal_run_kind_check");
            sql.execute("alter table ledger.seal_run drop constraint seal_run_length_check");
            sql.execute(change);
        });

        assertThat(report.findings()).extracting(Finding::kind).contains(Kind.RUNS);
        assertThat(report.leaves()).isLessThanOrEqualTo(705);
    }

    /** Everything is made anew, with another key under the same name. */
    private static SigningKey swapKeys(JdbcTemplate sql) {
        var other = SigningKey.generate(key().name(), KeyType.NOTE, new SecureRandom());
        sql.update("update ledger.seal_identity set vkey = ?", other.publicKey().text());
        for (Sealed checkpoint : database.checkpoints()) {
            String note = other.sign(
                            Checkpoint.of(SignedNote.parse(checkpoint.note())).unsigned())
                    .written();
            sql.update("update ledger.checkpoint set note = ? where size = ?", note, checkpoint.size());
        }
        return other;
    }

    @Test
    @DisplayName("swapped keys are found by whoever knows the true one, and the report says when nobody said it")
    void swappedKeys() throws SQLException {
        SealReport report = verified(SealVerificationTest::swapKeys);
        SealReport believing = verified(Known.NOTHING, SealVerificationTest::swapKeys);

        assertThat(report.findings())
                .extracting(Finding::kind)
                .startsWith(Kind.KEY, Kind.CHECKPOINT)
                .hasSize(1 + database.checkpoints().size());
        assertThat(believing.holds()).isTrue();
        assertThat(believing.keyFromDatabase()).isTrue();
    }

    private static Known withLast() {
        return new Known(
                Optional.of(key()),
                List.of(SignedNote.parse(database.checkpoints().getLast().note())));
    }

    /** As a copy that was made when the second checkpoint had been signed. */
    private static void restoreOldCopy(JdbcTemplate sql) {
        Sealed then = database.checkpoints().getFirst();
        sql.update("delete from ledger.checkpoint where size > ?", then.size());
        sql.update("delete from ledger.seal_run where first_leaf >= ?", then.size());
        sql.update("delete from ledger.domain_event where global_index > ?", then.lastPosition());
        sql.update("delete from ledger.command_answer where id > ?", then.lastAnswer());
        sql.update("delete from ledger.upload_refusal where id > ?", then.lastUpload());
        sql.update("delete from ledger.seal_tile where tile_index > 0");
        GrowingTree tree = GrowingTree.empty();
        database.leavesOfTheRuns().stream().limit(then.size()).forEach(tree::append);
        tree.edge()
                .forEach((level, hashes) ->
                        sql.update("update ledger.seal_edge set hashes = ? where level = ?", hashes, level));
    }

    @Test
    @DisplayName("an old copy is sound in itself, and found by a checkpoint from outside")
    void oldCopy() throws SQLException {
        assertThat(verified(SealVerificationTest::restoreOldCopy).findings()).isEmpty();

        assertThat(verified(withLast(), SealVerificationTest::restoreOldCopy).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.OLD_COPY);
                    assertThat(finding.words()).contains("knows 705 leaves, and there are only 301");
                });
    }

    @Test
    @DisplayName(
            "a checkpoint from outside that this log continues is no finding; one of a fork is; so is one of somebody else")
    void outside() throws SQLException {
        Sealed first = database.checkpoints().getFirst();
        var forked = new Checkpoint(key().name(), 301, Hash.ofLeaf(new byte[1])).unsigned();
        var other = SigningKey.generate("other", KeyType.NOTE, new SecureRandom());

        assertThat(verified(new Known(Optional.of(key()), List.of(SignedNote.parse(first.note()))), sql -> {})
                        .holds())
                .isTrue();
        assertThat(verified(withLast(), sql -> {}).holds()).isTrue();
        assertThat(verified(new Known(Optional.of(key()), List.of(database.key().sign(forked))), sql -> {})
                        .findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.FORK);
        assertThat(verified(new Known(Optional.of(key()), List.of(other.sign(forked))), sql -> {})
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.CHECKPOINT);
                    assertThat(finding.words()).contains("that says 301 leaves of " + key().name() + " is not signed");
                });
        var falsified = SignedNote.parse(first.note().replace("\n301\n", "\n302\n"));
        assertThat(verified(new Known(Optional.of(key()), List.of(falsified)), sql -> {})
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.words()).contains("that says 302 leaves of", "is false"));
    }

    @Test
    @DisplayName("however much was changed, all of it is counted and the first of it listed")
    void much() throws SQLException {
        SealReport report = verified(
                sql -> sql.update("update ledger.domain_event set recorded_at = " + "recorded_at + interval '1s'"));

        assertThat(report.found()).isEqualTo(699);
        assertThat(report.findings()).hasSize(699);
    }

    @Test
    @DisplayName("a ledger that was never sealed has nothing to be held against, and says so by its leaves")
    void neverSealed() throws SQLException {
        SealReport report = verified(Known.NOTHING, sql -> {
            sql.execute("truncate ledger.seal_run, ledger.seal_tile, ledger.seal_edge, ledger.checkpoint,"
                    + " ledger.cosignature, ledger.seal_identity");
        });

        assertThat(report.leaves()).isZero();
        assertThat(report.unsealed()).isEqualTo(705);
        assertThat(report.key()).isNull();
    }
}
