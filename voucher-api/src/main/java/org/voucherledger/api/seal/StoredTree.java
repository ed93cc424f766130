package org.voucherledger.api.seal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Tiles;

/** The tiles as the database has them, read from left to right, whether they are right or not. */
final class StoredTree implements AutoCloseable {

    /** A row of the tiles, of whatever size somebody made it. */
    private record Tile(long index, byte[] hashes) {}

    private final JdbcTemplate sql;
    private final Map<Integer, Rows<Tile>> levels = new HashMap<>();
    private final Map<Integer, byte[]> edge = new HashMap<>();

    StoredTree(JdbcTemplate sql) {
        this.sql = sql;
        this.edge.putAll(new SealTables(sql).edge());
    }

    /**
     * The hash of this number on a level of tiles; each level is asked in ascending order.
     *
     * @return nothing that any subtree hashes to, if the database has none there
     */
    Hash hash(int level, long number) {
        long index = number / Tiles.WIDTH;
        Rows<Tile> rows = levels.computeIfAbsent(
                level,
                l -> Rows.of(
                        sql,
                        "select tile_index, hashes from ledger.seal_tile where level = " + l + " order by tile_index",
                        (row, n) -> new Tile(row.getLong(1), row.getBytes(2))));
        while (rows.isThere() && rows.look().index() < index) {
            rows.take();
        }
        boolean complete = rows.isThere() && rows.look().index() == index;
        byte[] hashes = complete ? rows.look().hashes() : edge.getOrDefault(level, new byte[0]);
        int at = (int) (number % Tiles.WIDTH) * Hash.BYTES;
        return at + Hash.BYTES <= hashes.length
                ? Hash.of(Arrays.copyOfRange(hashes, at, at + Hash.BYTES))
                : Hash.OF_NOTHING;
    }

    /** How many hashes of leaves there are, wherever they stand. */
    long leaves() {
        Long tiles = sql.queryForObject("select count(*) from ledger.seal_tile where level = 0", Long.class);
        return (tiles == null ? 0 : tiles) * Tiles.WIDTH + edge.getOrDefault(0, new byte[0]).length / Hash.BYTES;
    }

    /** Whether there are more or other tiles than a tree of this size has. */
    boolean isOfSize(long size) {
        long tiles = 0;
        for (int level = 0; level < Long.SIZE / Tiles.HEIGHT; level++) {
            long subtrees = size >> (level * Tiles.HEIGHT);
            tiles += subtrees / Tiles.WIDTH;
            if (edge.getOrDefault(level, new byte[0]).length != subtrees % Tiles.WIDTH * Hash.BYTES) {
                return false;
            }
        }
        Long there = sql.queryForObject("select count(*) from ledger.seal_tile", Long.class);
        return there != null && there == tiles;
    }

    @Override
    public void close() {
        levels.values().forEach(Rows::close);
    }
}
