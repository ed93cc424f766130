package org.voucherledger.api.seal;

import java.time.Duration;

/**
 * How far sealing is.
 *
 * @param words why it is as it is, in a sentence
 * @param leaves how many are sealed
 * @param waiting how many events and refusals are not
 * @param since when the first of them was seen waiting, in {@link System#nanoTime()}, or {@code null}
 */
public record SealStatus(Phase phase, String words, long leaves, long waiting, Long since) {

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

    /** How long the first of what is not sealed has been waiting. */
    public Duration behind() {
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    static SealStatus of(Phase phase, String words) {
        return new SealStatus(phase, words, 0, 0, null);
    }

    SealStatus become(Phase next, String why) {
        return new SealStatus(next, why, leaves, waiting, since);
    }
}
