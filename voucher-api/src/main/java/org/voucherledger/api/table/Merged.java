package org.voucherledger.api.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The merged cells of a sheet: what stands in one of them belongs to several rows or columns, and nobody can say to which. */
final class Merged {

    static final Merged NONE = new Merged();

    private static final Pattern RANGE = Pattern.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})");

    private record Range(String text, int firstRow, int lastRow, int firstColumn, int lastColumn) {}

    private final NavigableMap<Integer, List<Range>> byFirstRow = new TreeMap<>();
    private int tallest;

    /** Whether this names a range; one cell alone is merged with nothing. */
    boolean add(String text) {
        String plain = text.replace("$", "").toUpperCase(Locale.ROOT);
        Matcher range = RANGE.matcher(plain.contains(":") ? plain : plain + ":" + plain);
        if (!range.matches()) {
            return false;
        }
        var merged = new Range(
                text,
                Integer.parseInt(range.group(2)),
                Integer.parseInt(range.group(4)),
                column(range.group(1)),
                column(range.group(3)));
        if (merged.lastRow() < merged.firstRow() || merged.lastColumn() < merged.firstColumn()) {
            return false;
        }
        if (plain.contains(":")) {
            byFirstRow
                    .computeIfAbsent(merged.firstRow(), row -> new ArrayList<>())
                    .add(merged);
            tallest = Math.max(tallest, merged.lastRow() - merged.firstRow());
        }
        return true;
    }

    /** The range that holds the cell, or {@code null}; columns from zero, rows from one. */
    String rangeAt(int row, int column) {
        if (byFirstRow.isEmpty()) {
            return null;
        }
        return byFirstRow.subMap(row - tallest, true, row, true).values().stream()
                .flatMap(List::stream)
                .filter(range ->
                        row <= range.lastRow() && column >= range.firstColumn() && column <= range.lastColumn())
                .findFirst()
                .map(Range::text)
                .orElse(null);
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column - 1;
    }
}
