package org.voucherledger.benchmark.measure;

import java.util.List;

/**
 * Bars of one unit beside each other.
 *
 * @param slug names its file, and is unique among all benchmarks' charts
 * @param unit what every bar is a number of: {@code commands/s}, {@code ms}
 */
public record Chart(String slug, String title, String unit, List<Bar> bars) {

    public Chart {
        bars = List.copyOf(bars);
    }
}
