package org.voucherledger.api.table;

/** The file as a whole cannot be read as the table that was announced; nothing of it was done. */
public final class FileFlaw extends RuntimeException {

    private final transient RowFlaw flaw;

    public FileFlaw(long line, String column, String about, Words words) {
        super(words.english(), null, false, false);
        this.flaw = new RowFlaw(line, column, about, words, "");
    }

    public RowFlaw flaw() {
        return flaw;
    }
}
