package org.voucherledger.projections.sealedlog;

/** Where the hashes of complete subtrees come from: tiles in a database, or a tree in memory. */
@FunctionalInterface
public interface SubtreeHashes {

    /**
     * The root of the complete subtree over the {@code 2^level} leaves from {@code index * 2^level} on. Level 0 are the
     * leaves' own hashes.
     *
     * <p>Only subtrees that lie wholly inside the tree are asked for.
     */
    Hash hash(int level, long index);
}
