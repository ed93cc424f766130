package org.voucherledger.api.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.voucherledger.projections.sealedlog.Frontier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Tiles;

/** The tree while it grows: its right edge, and which tiles have become complete. */
final class GrowingTree {

    /** A tile of which nothing will ever change. */
    record Tile(int level, long index, byte[] hashes) {}

    private static final int FULL = Tiles.WIDTH * Hash.BYTES;

    private final Frontier frontier;
    /** By level, the hashes of the tile that is not complete. */
    private final Map<Integer, byte[]> edge = new TreeMap<>();

    private final List<Tile> complete = new ArrayList<>();

    private GrowingTree(Frontier frontier, Map<Integer, byte[]> edge) {
        this.frontier = frontier;
        this.edge.putAll(edge);
    }

    static GrowingTree empty() {
        return new GrowingTree(new Frontier(), Map.of());
    }

    /**
     * The tree of this size.
     *
     * @throws SealAlarm if the edge is not that of a tree of this size
     */
    static GrowingTree of(long size, Map<Integer, byte[]> edge, Tiles tiles) {
        for (int level = 0; size >> (level * Tiles.HEIGHT) > 0; level++) {
            long hashes = (size >> (level * Tiles.HEIGHT)) % Tiles.WIDTH;
            if (edge.getOrDefault(level, new byte[0]).length != hashes * Hash.BYTES) {
                throw new SealAlarm("The sealed tree has " + size + " leaves, and the edge of its level " + level
                        + " is not of that size: the tables of the sealed log have been changed."
                        + " See ./voucher seal verify; nothing more is sealed.");
            }
        }
        return new GrowingTree(Frontier.of(size, tiles), edge);
    }

    void append(Hash leaf) {
        frontier.append(leaf, (level, index, hash) -> {
            if (level % Tiles.HEIGHT == 0) {
                add(level / Tiles.HEIGHT, index, hash);
            }
        });
    }

    long size() {
        return frontier.size();
    }

    Hash root() {
        return frontier.root();
    }

    Map<Integer, byte[]> edge() {
        return edge;
    }

    /** The tiles that have become complete since this was asked last. */
    List<Tile> takeComplete() {
        var taken = List.copyOf(complete);
        complete.clear();
        return taken;
    }

    private void add(int level, long index, Hash hash) {
        byte[] before = edge.getOrDefault(level, new byte[0]);
        byte[] after = Arrays.copyOf(before, before.length + Hash.BYTES);
        System.arraycopy(hash.bytes(), 0, after, before.length, Hash.BYTES);
        if (after.length == FULL) {
            complete.add(new Tile(level, index / Tiles.WIDTH, after));
            edge.put(level, new byte[0]);
        } else {
            edge.put(level, after);
        }
    }
}
