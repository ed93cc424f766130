package org.voucherledger.projections.sealedlog;

import java.util.List;

/** Checks proofs as RFC 9162, sections 2.1.3.2 and 2.1.4.2, say. A proof that is too long or too short proves nothing. */
public final class MerkleProof {

    private MerkleProof() {}

    /** Is the leaf with this hash the one at this index of the tree of this size and root? */
    public static boolean includes(long index, Hash leaf, long size, Hash root, List<Hash> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash computed = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                computed = Hash.ofNode(sibling, computed);
                // A node without a sibling on its right rises until it is somebody's right child.
                while ((node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                computed = Hash.ofNode(computed, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && computed.equals(root);
    }

    /** Are the leaves of the older tree the first ones of the newer, in the same order? */
    public static boolean continues(long from, Hash older, long to, Hash newer, List<Hash> proof) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && older.equals(newer);
        }
        if (from == 0) {
            // Every tree extends the empty one; there is nothing to be proved.
            return proof.isEmpty() && older.equals(Hash.OF_NOTHING);
        }
        return continuesSome(from, older, to, newer, proof);
    }

    private static boolean continuesSome(long from, Hash older, long to, Hash newer, List<Hash> proof) {
        long node = from - 1;
        long last = to - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        int next = 0;
        Hash start = older;
        // The older tree is one complete subtree exactly if its size is a power of two; then its root is not repeated.
        if (Long.bitCount(from) != 1) {
            if (proof.isEmpty()) {
                return false;
            }
            start = proof.get(next++);
        }
        Hash computedOlder = start;
        Hash computedNewer = start;
        for (Hash hash : proof.subList(next, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                computedOlder = Hash.ofNode(hash, computedOlder);
                computedNewer = Hash.ofNode(hash, computedNewer);
                while (node != 0 && (node & 1) == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                computedNewer = Hash.ofNode(computedNewer, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && computedOlder.equals(older) && computedNewer.equals(newer);
    }
}
