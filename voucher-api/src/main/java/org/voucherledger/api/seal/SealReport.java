package org.voucherledger.api.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.voucherledger.projections.sealedlog.Break;

/**
 * What a verification found.
 *
 * @param key with which the checkpoints were verified
 * @param keyFromDatabase nobody named a key, so the database's own was believed
 * @param unsealed events and refusals behind the last checkpoint, of which nothing can be said yet
 * @param begunAnew the breaks that were declared, in their order
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
        List<Begun> begunAnew,
        Duration took,
        long found,
        List<Finding> findings) {

    /**
     * A log that was begun anew.
     *
     * @param key with which it is signed
     * @param after the key of the log that ended
     * @param holds how many leaves of that one it has
     * @param givenUp up to how many leaves that one had signed, as far as was known
     */
    public record Begun(String key, String after, long holds, long givenUp, Instant at, String reason) {
        static Begun of(Declared said) {
            Break begun = said.begun();
            return new Begun(
                    said.key().text(), begun.ended().text(), begun.holds(), begun.givenUp(), said.at(), begun.reason());
        }
    }

    /** Everything that was sealed is as it was sealed, and nothing stands between. */
    public boolean holds() {
        return found == 0;
    }

    /** Leaves recomputed in a second. */
    public long perSecond() {
        return took.isZero() ? leaves : (long) (leaves / (took.toNanos() / 1e9));
    }
}
