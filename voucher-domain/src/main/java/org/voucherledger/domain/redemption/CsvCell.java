package org.voucherledger.domain.redemption;

/** What somebody wrote, in a cell of a file that others open in a spreadsheet. */
public final class CsvCell {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private CsvCell() {}

    /** The text; where a spreadsheet would take it for a formula, behind an apostrophe. It is yet to be quoted. */
    public static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
