package org.voucherledger.api.tampering;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.seal.LeafRows;
import org.voucherledger.api.tampering.Original.Run;
import org.voucherledger.projections.sealedlog.Frontier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.Tiles;

/** The tree as it would have to be over rows that somebody has changed: everything can be computed anew but the signatures. */
final class ForgedTree {

    private final Frontier frontier = new Frontier();
    private final Map<Integer, ByteArrayOutputStream> levels = new TreeMap<>();
    private final Map<Long, Hash> roots = new TreeMap<>();

    private ForgedTree(List<Hash> leaves) {
        for (Hash leaf : leaves) {
            frontier.append(leaf, (level, index, hash) -> {
                if (level % Tiles.HEIGHT == 0) {
                    levels.computeIfAbsent(level / Tiles.HEIGHT, l -> new ByteArrayOutputStream())
                            .writeBytes(hash.bytes());
                }
            });
            roots.put(frontier.size(), frontier.root());
        }
    }

    /** Over the rows that stand in these runs now. */
    static ForgedTree over(List<Run> runs, JdbcTemplate sql) {
        return new ForgedTree(
                runs.stream().flatMap(run -> leaves(run, sql).stream()).toList());
    }

    static Hash leaf(Leaf row) {
        return Hash.ofLeaf(row.line());
    }

    private static List<Hash> leaves(Run run, JdbcTemplate sql) {
        return switch (run.kind()) {
            case EVENT ->
                sql.query(
                        "select " + LeafRows.EVENT_COLUMNS
                                + " from ledger.domain_event where global_index between ? and ? order by global_index",
                        (row, n) -> leaf(LeafRows.event(row)),
                        run.firstSource(),
                        run.lastSource());
            case REFUSAL ->
                sql.query(
                        "select " + LeafRows.REFUSAL_COLUMNS
                                + " from ledger.command_answer where outcome = 'REFUSED' and id between ? and ? order by id",
                        (row, n) -> leaf(LeafRows.refusal(row)),
                        run.firstSource(),
                        run.lastSource());
            case UPLOAD ->
                sql.query(
                        "select " + LeafRows.UPLOAD_COLUMNS
                                + " from ledger.upload_refusal where id between ? and ? order by id",
                        (row, n) -> leaf(LeafRows.upload(row)),
                        run.firstSource(),
                        run.lastSource());
        };
    }

    long size() {
        return frontier.size();
    }

    Hash root(long size) {
        return roots.get(size);
    }

    /** In the place of the tiles that are there. */
    void write(JdbcTemplate sql) {
        sql.update("delete from ledger.seal_tile");
        sql.update("delete from ledger.seal_edge");
        levels.forEach((level, stream) -> {
            byte[] hashes = stream.toByteArray();
            int tile = Tiles.WIDTH * Hash.BYTES;
            int complete = hashes.length / tile;
            for (int index = 0; index < complete; index++) {
                sql.update(
                        "insert into ledger.seal_tile (level, tile_index, hashes) values (?, ?, ?)",
                        level,
                        index,
                        Arrays.copyOfRange(hashes, index * tile, (index + 1) * tile));
            }
            sql.update(
                    "insert into ledger.seal_edge (level, hashes) values (?, ?)",
                    level,
                    Arrays.copyOfRange(hashes, complete * tile, hashes.length));
        });
    }
}
