package org.voucherledger.api.seal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Tiles;
import org.voucherledger.projections.sealedlog.Unreadable;

/** The tables of the sealed log. Whoever reads more than one of them does so in one snapshot. */
final class SealTables {

    static final String CHECKPOINT_COLUMNS = "size, root, note, signed_at, last_position, last_answer, last_upload";

    private static final Logger LOG = LoggerFactory.getLogger(SealTables.class);

    private final JdbcTemplate sql;

    SealTables(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Over a connection that somebody else opens and closes, in whatever transaction it is. */
    static JdbcTemplate over(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    /** The present log. */
    Optional<Identity> identity() {
        List<Identity> all = identities();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The first log, and each that was begun anew where the one before it could not be gone on with. */
    List<Identity> identities() {
        return sql.query(
                "select origin, vkey, declared from ledger.seal_identity order by number",
                (row, n) -> new Identity(row.getString(1), NoteKey.parse(row.getString(2)), row.getString(3)));
    }

    void keep(Identity identity, Instant at) {
        sql.update(
                "insert into ledger.seal_identity (number, origin, vkey, created_at, declared)"
                        + " select count(*), ?, ?, ?, ? from ledger.seal_identity",
                identity.origin(),
                identity.key().text(),
                at.atOffset(ZoneOffset.UTC),
                identity.declared());
    }

    /** The newest checkpoint. */
    Optional<Sealed> last() {
        return sql
                .query(
                        "select " + CHECKPOINT_COLUMNS + " from ledger.checkpoint order by size desc limit 1",
                        SealTables::sealed)
                .stream()
                .findFirst();
    }

    /** The size of the newest checkpoint but one, or 0. */
    long sizeBefore(long size) {
        Long before = sql.queryForObject(
                "select coalesce(max(size), 0) from ledger.checkpoint where size < ?", Long.class, size);
        return before == null ? 0 : before;
    }

    static Sealed sealed(ResultSet row, int n) throws SQLException {
        return new Sealed(
                row.getLong(1),
                Hash.of(row.getBytes(2)),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    /** The first checkpoint that covers the event at this position, which is sealed: one of the present log, if there is one. */
    Sealed covering(long position) {
        return covering(position, begunBehind())
                .orElseGet(() -> covering(position, 0).orElseThrow());
    }

    /** The newest checkpoint that the present log itself has signed. */
    Optional<Sealed> lastOfThisLog() {
        return last().filter(newest -> newest.size() > begunBehind());
    }

    /** So many leaves the present log has from the one before it. */
    private long begunBehind() {
        try {
            return identity().map(Identity::from).orElse(0L);
        } catch (Unreadable forged) {
            // Nothing is sealed then, and a verification says why; what was sealed before is there as it was.
            return 0;
        }
    }

    private Optional<Sealed> covering(long position, long from) {
        return sql
                .query(
                        "select " + CHECKPOINT_COLUMNS + " from ledger.checkpoint where last_position >= ? and size > ?"
                                + " order by last_position, size limit 1",
                        SealTables::sealed,
                        position,
                        from)
                .stream()
                .findFirst();
    }

    /** The run of this source in whose range this number is. */
    Optional<Run> runOf(Source source, long number) {
        return sql
                .query(
                        "select " + Run.COLUMNS + " from ledger.seal_run where kind = ? and first_source <= ?"
                                + " order by first_source desc limit 1",
                        (row, n) -> Run.of(row),
                        source.name(),
                        number)
                .stream()
                .filter(run -> number <= run.lastSource())
                .findFirst();
    }

    /** The runs of the leaves from one index up to another, which is not among them, in order. */
    List<Run> runsBetween(long from, long behind) {
        return sql.query(
                "select " + Run.COLUMNS + " from ledger.seal_run where first_leaf < ? and first_leaf >= coalesce("
                        + "(select max(first_leaf) from ledger.seal_run where first_leaf <= ?), 0) order by first_leaf",
                (row, n) -> Run.of(row),
                behind,
                from);
    }

    /** The runs whose leaves are at this index or behind it, in order. */
    List<Run> runsFrom(long leaf) {
        return sql.query(
                "select " + Run.COLUMNS + " from ledger.seal_run where first_leaf + length > ? order by first_leaf",
                (row, n) -> Run.of(row),
                leaf);
    }

    /** The last run of a source. */
    Optional<Run> lastRun(Source source) {
        return sql
                .query(
                        "select " + Run.COLUMNS + " from ledger.seal_run where kind = ?"
                                + " order by first_source desc limit 1",
                        (row, n) -> Run.of(row),
                        source.name())
                .stream()
                .findFirst();
    }

    /** The index behind the last leaf that a run names. */
    long leavesOfTheRuns() {
        Long end = sql.queryForObject(
                "select coalesce((select first_leaf + length from ledger.seal_run order by first_leaf desc limit 1), 0)",
                Long.class);
        return end == null ? 0 : end;
    }

    /** The checkpoint with what witnesses have said of it. A line that is none, or false, says nothing and is left out. */
    SignedNote cosigned(Sealed checkpoint) {
        SignedNote note = SignedNote.parse(checkpoint.note());
        for (Cosigned said : cosignatures(checkpoint.size())) {
            try {
                note = said.on(note);
            } catch (Unreadable forged) {
                LOG.warn(
                        "The cosignature by {} of the checkpoint of {} leaves is left out: {}.",
                        said.vkey(),
                        checkpoint.size(),
                        forged.getMessage());
            }
        }
        return note;
    }

    List<Cosigned> cosignatures(long size) {
        return sql.query(
                "select " + Cosigned.COLUMNS + " from ledger.cosignature where size = ? order by received_at, vkey",
                (row, n) -> Cosigned.of(row),
                size);
    }

    Map<Integer, byte[]> edge() {
        var edge = new HashMap<Integer, byte[]>();
        sql.query("select level, hashes from ledger.seal_edge", row -> {
            edge.put(row.getInt(1), row.getBytes(2));
        });
        return edge;
    }

    /** The tiles as they stand; what is asked for again is read again. */
    Tiles tiles() {
        return this::tile;
    }

    /** The edge is the tile behind the last complete one, and no other. */
    private byte[] tile(int level, long index) {
        return sql
                .query(
                        "select hashes from ledger.seal_tile where level = ? and tile_index = ?",
                        (row, n) -> row.getBytes(1),
                        level,
                        index)
                .stream()
                .findFirst()
                .or(() -> sql
                        .query(
                                "select hashes from ledger.seal_edge where level = ? and ? = (select"
                                        + " coalesce(max(tile_index) + 1, 0) from ledger.seal_tile where level = ?)",
                                (row, n) -> row.getBytes(1),
                                level,
                                index,
                                level)
                        .stream()
                        .findFirst())
                .orElseGet(() -> new byte[0]);
    }

    /** Everything that a checkpoint says, in the caller's transaction. */
    void add(List<Run> runs, GrowingTree tree, Sealed sealed) {
        sql.batchUpdate(
                "insert into ledger.seal_run (" + Run.COLUMNS + ") values (?, ?, ?, ?, ?)",
                runs.stream()
                        .map(run -> new Object[] {
                            run.source().name(), run.firstLeaf(), run.firstSource(), run.lastSource(), run.length()
                        })
                        .toList());
        sql.batchUpdate(
                "insert into ledger.seal_tile (level, tile_index, hashes) values (?, ?, ?)",
                tree.takeComplete().stream()
                        .map(tile -> new Object[] {tile.level(), tile.index(), tile.hashes()})
                        .toList());
        sql.batchUpdate(
                "insert into ledger.seal_edge (level, hashes) values (?, ?)"
                        + " on conflict (level) do update set hashes = excluded.hashes",
                tree.edge().entrySet().stream()
                        .map(level -> new Object[] {level.getKey(), level.getValue()})
                        .toList());
        sql.update(
                "insert into ledger.checkpoint (" + CHECKPOINT_COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)",
                sealed.size(),
                sealed.root().bytes(),
                sealed.note(),
                sealed.signedAt().atOffset(ZoneOffset.UTC),
                sealed.lastPosition(),
                sealed.lastAnswer(),
                sealed.lastUpload());
    }
}
