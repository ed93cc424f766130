package org.voucherledger.projections.projection;

/**
 * One of the two copies of a view: a schema of its own with tables like the other's. One serves, the other is empty or
 * being built.
 */
public record Slot(String projection, String letter) {

    static final String FIRST = "a";
    static final String SECOND = "b";

    public String schema() {
        return projection + "_" + letter;
    }

    Slot other() {
        return new Slot(projection, letter.equals(FIRST) ? SECOND : FIRST);
    }

    /** Puts the copy's schema where a statement says {@code {slot}}. */
    String sql(String statement) {
        return statement.replace("{slot}", schema());
    }
}
