package org.voucherledger.api.table;

/**
 * What stands in one cell, and as what.
 *
 * @param text as it stands there; of a number its plain digits
 */
public record SheetCell(Kind kind, String text) {

    public static final SheetCell EMPTY = new SheetCell(Kind.TEXT, "");

    /** As what a cell stands in the file; a CSV file knows texts only. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** A number that is shown as a date; the text is that date, or the number where it is no whole day. */
        DATE,
        BOOLEAN,
        FORMULA,
        ERROR,
        MERGED
    }

    public static SheetCell text(String text) {
        return text.isEmpty() ? EMPTY : new SheetCell(Kind.TEXT, text);
    }

    /** Nothing, or nothing that can be seen. */
    public boolean isBlank() {
        return kind == Kind.TEXT && text.isBlank();
    }
}
