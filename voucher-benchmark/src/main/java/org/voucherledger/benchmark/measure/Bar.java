package org.voucherledger.benchmark.measure;

import java.util.Locale;

/** What one contender made: the median of its rounds, and the worst and the best of them. */
public record Bar(String name, double median, double least, double most) {

    public Bar named(String other) {
        return new Bar(other, median, least, most);
    }

    /** @param unit what it is a number of: {@code commands/s} */
    public String line(String unit) {
        return String.format(
                Locale.ROOT, "%-34s %12s %s   (%s to %s)", name, figure(median), unit, figure(least), figure(most));
    }

    /** Three digits at least, and no more than are worth reading. */
    public static String figure(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
