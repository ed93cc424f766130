package org.voucherledger.projections.sealedlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree of RFC 6962, section 2.1, over the hashes of its complete subtrees: its root at any size that it ever had, and the
 * proofs of inclusion and consistency. Each takes a number of hashes that grows with the logarithm of the size.
 */
public final class MerkleTree {

    private final SubtreeHashes hashes;

    public MerkleTree(SubtreeHashes hashes) {
        this.hashes = hashes;
    }

    /** The root over the first {@code size} leaves. */
    public Hash root(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree of " + size + " leaves");
        }
        return size == 0 ? Hash.OF_NOTHING : range(0, size);
    }

    /**
     * The audit path of a leaf in the tree of this size, from the leaf's sibling up to the root's child.
     *
     * @throws IllegalArgumentException if there is no such leaf in it
     */
    public List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " in a tree of " + size);
        }
        var path = new ArrayList<Hash>();
        path(index, 0, size, path);
        return List.copyOf(path);
    }

    /**
     * The proof that the first {@code from} leaves of the tree of size {@code to} are those of the tree of size {@code from};
     * empty if one of the two is the other, or the smaller has no leaves.
     *
     * @throws IllegalArgumentException if {@code from} is larger than {@code to}
     */
    public List<Hash> consistency(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("from " + from + " leaves to " + to);
        }
        var proof = new ArrayList<Hash>();
        if (from > 0 && from < to) {
            subproof(from, 0, to, true, proof);
        }
        return List.copyOf(proof);
    }

    private void path(long index, long from, long to, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(range(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(range(from, middle));
        }
    }

    /** SUBPROOF of the RFC: {@code known} says whether the older tree's root is that of this very range. */
    private void subproof(long older, long from, long to, boolean known, List<Hash> proof) {
        if (older == to) {
            if (!known) {
                proof.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (older <= middle) {
            subproof(older, from, middle, known, proof);
            proof.add(range(middle, to));
        } else {
            subproof(older, middle, to, false, proof);
            proof.add(range(from, middle));
        }
    }

    private Hash range(long from, long to) {
        long leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return hashes.hash(level, from >> level);
        }
        long middle = from + split(leaves);
        return Hash.ofNode(range(from, middle), range(middle, to));
    }

    /** The largest power of two that is smaller than this number of leaves, which is at least two. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
