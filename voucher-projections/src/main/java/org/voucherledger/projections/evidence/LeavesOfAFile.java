package org.voucherledger.projections.evidence;

import java.util.function.Supplier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;

/** Hears of the leaves of a bundle while they go by. */
@FunctionalInterface
public interface LeavesOfAFile {

    /**
     * @param leaf {@code null} where the line is none
     * @param size of the tree, this leaf included
     * @param root over them
     */
    void after(Leaf leaf, long size, Supplier<Hash> root);
}
