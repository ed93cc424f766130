package org.voucherledger.api.seal;

import java.time.Instant;
import org.voucherledger.projections.sealedlog.Hash;

/**
 * A checkpoint with what it covers.
 *
 * @param note as it was signed by us, without the signatures of witnesses
 * @param signedAt as the note says it too
 * @param lastPosition every event up to here is in the tree, and none behind it
 * @param lastAnswer every refusal up to here, by the number of its answer
 * @param lastUpload every refused upload up to here
 */
record Sealed(
        long size, Hash root, String note, Instant signedAt, long lastPosition, long lastAnswer, long lastUpload) {

    /** Up to which number this source had been read. */
    long read(Source source) {
        return switch (source) {
            case EVENT -> lastPosition;
            case REFUSAL -> lastAnswer;
            case UPLOAD -> lastUpload;
        };
    }
}
