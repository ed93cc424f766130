package org.voucherledger.api.seal;

import java.time.Duration;
import java.time.Instant;

/**
 * How far sealing is.
 *
 * @param words why it is as it is, in a sentence
 * @param leaves how many are sealed
 * @param waiting how many events and refusals are not
 * @param oldest when the first of these was recorded, or {@code null} if none is known
 */
public record SealStatus(Phase phase, String words, long leaves, long waiting, Instant oldest) {

    public enum Phase {
        /** Not begun, or the database is away. */
        STARTING,
        SEALING,
        /** Another program seals this database. */
        STANDBY,
        /** Not before somebody has looked. */
        HALTED,
        OFF
    }

    /** The age of the oldest row that is not sealed, by the ledger's clock; it grows whatever the phase. */
    public Duration behind(Instant now) {
        return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
    }

    static SealStatus of(Phase phase, String words) {
        return new SealStatus(phase, words, 0, 0, null);
    }

    SealStatus become(Phase next, String why) {
        return new SealStatus(next, why, leaves, waiting, oldest);
    }
}
