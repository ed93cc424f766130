package org.voucherledger.api.table;

/**
 * What is wrong with a row, so that whoever made the file finds the place.
 *
 * @param line where the row begins; zero where the file as a whole is meant
 * @param column the heading as it stands in the file; empty where no single column is meant
 * @param about the kind of flaw for a program, e.g. {@code NotADate}, or the rule that refuses and its fact
 * @param value what stands in the cell, at most 200 characters of it
 */
public record RowFlaw(long line, String column, String about, Words words, String value) {

    private static final int MOST_SHOWN = 200;

    public RowFlaw {
        int shown = value.offsetByCodePoints(0, Math.min(MOST_SHOWN, value.codePointCount(0, value.length())));
        value = value.substring(0, shown);
    }
}
