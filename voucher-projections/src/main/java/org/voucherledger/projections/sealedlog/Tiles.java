package org.voucherledger.projections.sealedlog;

import java.util.Arrays;

/**
 * A tree kept in tiles of height 8, as C2SP {@code tlog-tiles} lays them out: tile {@code (level, index)} holds, one after the
 * other, up to 256 hashes of the subtrees of height {@code 8 * level}, from number {@code 256 * index} on. The hashes between
 * are computed from them.
 */
@FunctionalInterface
public interface Tiles extends SubtreeHashes {

    int HEIGHT = 8;
    int WIDTH = 1 << HEIGHT;

    /** The hashes of this tile, 32 bytes each; the last tile of a level may be short, but never of what is asked for. */
    byte[] tile(int level, long index);

    @Override
    default Hash hash(int level, long index) {
        int above = level % HEIGHT;
        long first = index << above;
        byte[] tile = tile(level / HEIGHT, first / WIDTH);
        return within(tile, (int) (first % WIDTH), 1 << above);
    }

    private static Hash within(byte[] tile, int from, int count) {
        if (count == 1) {
            int at = from * Hash.BYTES;
            if (tile.length < at + Hash.BYTES) {
                throw new IllegalStateException(
                        "the tile has " + tile.length / Hash.BYTES + " hashes, not " + (from + 1));
            }
            return Hash.of(Arrays.copyOfRange(tile, at, at + Hash.BYTES));
        }
        int half = count / 2;
        return Hash.ofNode(within(tile, from, half), within(tile, from + half, half));
    }
}
