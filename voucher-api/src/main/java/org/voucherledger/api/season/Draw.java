package org.voucherledger.api.season;

import java.util.List;

/**
 * Draws that come from the season's seed alone.
 *
 * <p>Every entity draws from a stream of its own, named by labels ({@code draw.of("voucher", 7)}), so what one of them draws
 * never depends on when, or in which order, the others did: the same seed makes the same city and the same season. The
 * generator is SplitMix64, written out here because the season must not change with the Java platform's.
 */
final class Draw {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long origin;
    private long state;

    private Draw(long origin) {
        this.origin = origin;
        this.state = origin;
    }

    static Draw seeded(long seed) {
        return new Draw(mix(seed + GOLDEN_GAMMA));
    }

    /** The stream of that name under this one; it does not depend on what has been drawn here. */
    Draw of(String label, long number) {
        long hash = origin;
        for (int i = 0; i < label.length(); i++) {
            hash = mix(hash ^ label.charAt(i)) + GOLDEN_GAMMA;
        }
        return new Draw(mix(hash ^ mix(number + GOLDEN_GAMMA)));
    }

    Draw of(String label) {
        return of(label, 0);
    }

    /** A whole number from zero to just below {@code bound}. The bias of the remainder is below one in 2^31. */
    int below(int bound) {
        return (int) ((next() >>> 1) % bound);
    }

    /** Both ends in. */
    long between(long least, long most) {
        return least + (next() >>> 1) % (most - least + 1);
    }

    /** Between the two, with each order of magnitude as likely as the next. */
    long magnitude(long least, long most) {
        double span = Math.log((double) most / least);
        double part = (next() >>> 11) * 0x1.0p-53;
        return Math.min(most, Math.round(least * Math.exp(span * part)));
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
