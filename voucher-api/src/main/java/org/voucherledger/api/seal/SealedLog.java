package org.voucherledger.api.seal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.MerkleTree;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Tiles;
import org.voucherledger.projections.sealedlog.TlogProof;

/** Reads the sealed log: its checkpoints, and the proofs that they give. Each question is answered out of one snapshot. */
public final class SealedLog {

    /**
     * @param lastPosition every event up to here is in the tree
     * @param witnesses the keys of those who have cosigned it
     * @param note the signed checkpoint with all signatures
     */
    public record Listed(
            long size, String root, Instant signedAt, long lastPosition, List<String> witnesses, String note) {}

    private final JdbcTemplate sql;
    private final SealTables tables;
    private final TransactionTemplate snapshot;

    public SealedLog(DataSource dataSource, PlatformTransactionManager transactions) {
        this.sql = new JdbcTemplate(dataSource);
        this.tables = new SealTables(sql);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    private <T> T read(Function<SealTables, T> question) {
        return snapshot.execute(status -> question.apply(tables));
    }

    /** The newest checkpoint with all its signatures. */
    public Optional<String> newest() {
        return read(log -> log.last().map(log::cosigned).map(SignedNote::written));
    }

    /** How the log was begun anew, as it was declared, each time. */
    public List<String> breaks() {
        return read(log -> log.identities().stream()
                .map(Identity::declared)
                .filter(Objects::nonNull)
                .toList());
    }

    Optional<Listed> checkpoint(long size) {
        return read(log -> checkpoints("size = ?", size, 1).stream().findFirst());
    }

    /** Checkpoints, the newest first. */
    public List<Listed> before(long size, int limit) {
        return read(log -> checkpoints("size < ?", size, limit));
    }

    /** The index of the leaf that this event is, if it is sealed. */
    public OptionalLong leafOfEvent(long position) {
        return read(log -> log.runOf(Source.EVENT, position)
                .map(run -> OptionalLong.of(run.leafOf(position)))
                .orElseGet(OptionalLong::empty));
    }

    /** The index of the leaf that this refusal is, if it is sealed. */
    OptionalLong leafOfRefusal(long id) {
        return leafOf(Source.REFUSAL, id);
    }

    /** The index of the leaf that this refused upload is, if it is sealed. */
    OptionalLong leafOfUpload(long id) {
        return leafOf(Source.UPLOAD, id);
    }

    private OptionalLong leafOf(Source source, long id) {
        return read(log -> log.runOf(source, id)
                .filter(run -> number(source.countBetween(), id - 1, id) == 1)
                .map(run ->
                        OptionalLong.of(run.firstLeaf() + number(source.countBetween(), run.firstSource() - 1, id) - 1))
                .orElseGet(OptionalLong::empty));
    }

    private long number(String query, Object... parameters) {
        Long number = sql.queryForObject(query, Long.class, parameters);
        return number == null ? 0 : number;
    }

    /** That this leaf is in the tree of this checkpoint, as {@code tlog-proof}. */
    public TlogProof inclusion(long leaf, Listed checkpoint) {
        return read(log -> new TlogProof(
                leaf,
                new MerkleTree(log.tiles()).inclusion(leaf, checkpoint.size()),
                SignedNote.parse(checkpoint.note())));
    }

    public List<Hash> consistency(long from, long to) {
        return read(log -> new MerkleTree(log.tiles()).consistency(from, to));
    }

    /**
     * A tile of {@code tlog-tiles}.
     *
     * @param width how many hashes; what is asked for beyond them is not there
     */
    Optional<byte[]> tile(int level, long index, int width) {
        return read(log -> {
            long size = log.last().map(Sealed::size).orElse(0L);
            long hashes = size >> (level * Tiles.HEIGHT);
            // Not index * 256, which a large index overflows.
            return width <= hashes && index <= (hashes - width) / Tiles.WIDTH
                    ? Optional.of(Arrays.copyOf(log.tiles().tile(level, index), width * Hash.BYTES))
                    : Optional.empty();
        });
    }

    /**
     * An entry bundle of {@code tlog-tiles}: the leaves whose hashes are in the tile of level 0.
     *
     * @return nothing if that tile is not there; if one of them has more bytes than its length can say; or if one has been changed
     *     since it was sealed
     */
    Optional<byte[]> entries(long index, int width) {
        return read(log -> {
            long size = log.last().map(Sealed::size).orElse(0L);
            return width <= size && index <= (size - width) / Tiles.WIDTH
                    ? new EntryBundle(sql).of(index * Tiles.WIDTH, width)
                    : Optional.empty();
        });
    }

    /** The size of the largest checkpoint that this witness has cosigned, or 0. */
    long cosignedBy(NoteKey witness) {
        Long size = sql.queryForObject(
                "select coalesce(max(size), 0) from ledger.cosignature where vkey = ?", Long.class, witness.text());
        return size == null ? 0 : size;
    }

    void keep(long size, NoteKey witness, String line, Instant at) {
        sql.update(
                "insert into ledger.cosignature (size, vkey, line, received_at) values (?, ?, ?, ?) on conflict do nothing",
                size,
                witness.text(),
                line,
                at.atOffset(ZoneOffset.UTC));
    }

    private List<Listed> checkpoints(String condition, long size, int limit) {
        return sql
                .query(
                        "select " + SealTables.CHECKPOINT_COLUMNS + " from ledger.checkpoint where " + condition
                                + " order by size desc limit ?",
                        SealTables::sealed,
                        size,
                        limit)
                .stream()
                .map(row -> new Listed(
                        row.size(),
                        row.root().base64(),
                        row.signedAt(),
                        row.lastPosition(),
                        tables.cosignatures(row.size()).stream()
                                .map(Cosigned::vkey)
                                .toList(),
                        tables.cosigned(row).written()))
                .toList();
    }
}
