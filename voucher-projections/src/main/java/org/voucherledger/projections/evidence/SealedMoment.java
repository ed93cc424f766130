package org.voucherledger.projections.evidence;

import java.io.IOException;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SubtreeHashes;

/** A sealed log as it was at one position: what a bundle is written from. */
public interface SealedMoment {

    /** Hears of the leaves of a bundle in the order of the log. */
    @FunctionalInterface
    interface Leaves {

        /**
         * @param index in the tree, larger than the one before
         * @param line as the stored row gives it today; that it is still what was sealed is for the verification to say
         */
        void leaf(long index, byte[] line) throws IOException;
    }

    /** The checkpoint whose tree holds every leaf of that moment, with the signature and whatever witnesses said of it. */
    SignedNote checkpoint();

    /** The position of the last event of that moment; 0 if there was none. */
    long position();

    /** The hashes of the checkpoint's tree, as they were sealed. */
    SubtreeHashes hashes();

    /**
     * Tells the leaves that belong to this scope.
     *
     * <p>For the whole ledger these are all from the first one up to that moment, refusals included. For a batch, a claim or a voucher
     * they are whole streams: of each stream every event from its first to its last of that moment.
     */
    void tell(Scope scope, Leaves leaves) throws IOException;
}
