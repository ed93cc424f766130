package org.voucherledger.api.schemefile;

import java.util.Comparator;
import java.util.List;

/**
 * One thing to be said of a file: a fault, with which it is not taken, or a remark, which is only worth knowing.
 *
 * @param line counted from one
 * @param column counted from one
 * @param path where it stands, as a JSON pointer; empty for the file itself
 */
public record Finding(int line, int column, String path, String reason, String reasonZh) {

    static Finding at(Place place, String path, Words reason) {
        return new Finding(place.line(), place.column(), path, reason.en(), reason.zh());
    }

    /** In the order of the file. */
    static List<Finding> inOrder(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }
}
