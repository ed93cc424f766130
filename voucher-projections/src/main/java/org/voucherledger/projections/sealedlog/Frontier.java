package org.voucherledger.projections.sealedlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: the roots of its largest complete subtrees, from left to right. It is all that is needed to
 * append a leaf and to know the root, and it never has more than 63 hashes.
 */
public final class Frontier {

    /** Hears of every complete subtree, in the moment in which its last leaf is appended; leaves are level 0. */
    @FunctionalInterface
    public interface Completed {
        void subtree(int level, long index, Hash hash);
    }

    private static final int HIGHEST = 63;
    private static final Completed NOBODY = (level, index, hash) -> {};

    private final List<Hash> edge = new ArrayList<>();
    private long size;

    /** The edge of a tree that has this many leaves already. */
    public static Frontier of(long size, SubtreeHashes hashes) {
        var frontier = new Frontier();
        long from = 0;
        for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
            int level = 63 - Long.numberOfLeadingZeros(rest);
            frontier.edge.add(hashes.hash(level, from >> level));
            from += 1L << level;
        }
        frontier.size = size;
        return frontier;
    }

    /** The same edge, which grows by itself from here on. */
    public Frontier copy() {
        var copy = new Frontier();
        copy.edge.addAll(edge);
        copy.size = size;
        return copy;
    }

    public long size() {
        return size;
    }

    public void append(Hash leaf) {
        append(leaf, NOBODY);
    }

    public void append(Hash leaf, Completed completed) {
        completed.subtree(0, size, leaf);
        append(0, leaf, completed);
    }

    /**
     * Appends {@code 2^level} leaves at once, of which nothing is known but the root over them.
     *
     * @throws IllegalArgumentException if they would not stand in the tree as one complete subtree
     */
    public void appendSubtree(int level, Hash root) {
        if (level < 0 || level >= HIGHEST || size % (1L << level) != 0 || size + (1L << level) < 0) {
            throw new IllegalArgumentException("a subtree of height " + level + " after " + size + " leaves");
        }
        append(level, root, NOBODY);
    }

    private void append(int level, Hash root, Completed completed) {
        Hash hash = root;
        int height = level;
        // Each one at the end of the size, read as bits, is a complete subtree that now gets its sibling.
        for (long bits = size >> level; (bits & 1) == 1; bits >>= 1) {
            hash = Hash.ofNode(edge.removeLast(), hash);
            height++;
            completed.subtree(height, bits >> 1, hash);
        }
        edge.add(hash);
        size += 1L << level;
    }

    public Hash root() {
        if (edge.isEmpty()) {
            return Hash.OF_NOTHING;
        }
        Hash root = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) {
            root = Hash.ofNode(edge.get(i), root);
        }
        return root;
    }
}
