package org.voucherledger.domain.command;

/** A command that can never be meant: a field is missing, too long or out of range. Nothing was decided about it. */
public final class Malformed extends RuntimeException {

    private final String field;

    public Malformed(String field, String problem) {
        super(problem, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
