package org.voucherledger.benchmark.measure;

import java.util.Locale;

/** What a ratio is meant to reach. Nothing fails where it does not; it is said by how much. */
public record Aim(double limit, boolean isLeast) {

    public static Aim atLeast(double limit) {
        return new Aim(limit, true);
    }

    public static Aim atMost(double limit) {
        return new Aim(limit, false);
    }

    public boolean isReachedBy(double ratio) {
        return isLeast ? ratio >= limit : ratio <= limit;
    }

    /** In words, with how far a ratio that misses it is away. */
    public String judge(double ratio) {
        return isReachedBy(ratio)
                ? this + ", reached"
                : String.format(Locale.ROOT, "%s, missed by %.0f%%", this, 100 * Math.abs(ratio - limit) / limit);
    }

    @Override
    public String toString() {
        return (isLeast ? "at least " : "at most ") + String.format(Locale.ROOT, "%.2f", limit);
    }
}
