package org.voucherledger.benchmark.measure;

import java.util.Locale;

/**
 * One contender beside another, as the median of what it was in each round: what the machine did besides in that round fell on
 * both.
 *
 * @param name as in the JSON: {@code hotVsPgbench1}
 * @param aim {@code null} where there is none
 */
public record Ratio(String name, double median, double least, double most, Aim aim) {

    public Ratio named(String other, Aim aim) {
        return new Ratio(other, median, least, most, aim);
    }

    /** Of a single measurement, which has no spread. */
    public static Ratio of(String name, double value, Aim aim) {
        return new Ratio(name, value, value, value, aim);
    }

    public String line() {
        return String.format(Locale.ROOT, "%-34s %12.3f   (%.3f to %.3f)", name, median, least, most)
                + (aim == null ? "" : "   " + aim.judge(median));
    }
}
