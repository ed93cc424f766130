package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Parameter;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/**
 * What every list is asked with: how many, from where on, and how fresh. A cursor is what the page before answered as
 * {@code next}.
 */
public record Page(
        @Parameter(description = "At most how many entries, 1 to 500; 50 unless given")
        Integer limit,

        @Parameter(description = "From where on: next of the page before")
        String cursor,

        @Parameter(
                description =
                        "The position of the log that the view must have reached; 503 if it does not in time, and at once if the log has not")
        Long atLeast) {

    private static final int USUAL = 50;
    private static final int MOST = 500;

    public Page {
        limit = limit == null ? USUAL : Field.between("limit", limit, 1, MOST);
        cursor = Field.optionalText("cursor", cursor);
    }

    /** The cursor of a list that is ordered by position. */
    public long afterPosition() {
        if (cursor.isEmpty()) {
            return -1;
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new Malformed("cursor", "next of the page before");
        }
        return Long.parseLong(cursor);
    }

    /** The cursor of a list that goes back from its end. */
    public long beforePosition() {
        return cursor.isEmpty() ? Long.MAX_VALUE : afterPosition();
    }
}
