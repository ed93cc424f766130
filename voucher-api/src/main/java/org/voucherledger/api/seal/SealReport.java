package org.voucherledger.api.seal;

import java.time.Duration;
import java.util.List;

/**
 * What a verification found.
 *
 * @param key with which the checkpoints were verified
 * @param keyFromDatabase nobody named a key, so the database's own was believed
 * @param unsealed events and refusals behind the last checkpoint, of which nothing can be said yet
 * @param found how many findings there are
 * @param findings the first of them, in the order of the log
 */
public record SealReport(
        String key,
        boolean keyFromDatabase,
        long leaves,
        long events,
        long refusals,
        long checkpoints,
        long unsealed,
        Duration took,
        long found,
        List<Finding> findings) {

    /** Everything that was sealed is as it was sealed, and nothing stands between. */
    public boolean holds() {
        return found == 0;
    }

    /** Leaves recomputed in a second. */
    public long perSecond() {
        return took.isZero() ? leaves : (long) (leaves / (took.toNanos() / 1e9));
    }
}
