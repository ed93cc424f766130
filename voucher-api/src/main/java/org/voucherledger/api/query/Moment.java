package org.voucherledger.api.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** A moment in the life of the log: a position, or an instant, of which the last event recorded by then is meant. */
record Moment(String field, Long position, Instant at) {

    /** @throws Malformed where the text is neither */
    static Moment of(String field, String text) {
        if (text.matches("[0-9]{1,18}")) {
            return new Moment(field, Long.valueOf(text), null);
        }
        try {
            return new Moment(
                    field, null, Field.given(field, OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException neither) {
            throw new Malformed(
                    field,
                    "must be a position of the log or an instant with its offset, e.g. 2020-05-06T09:00:00+08:00");
        }
    }

    /** @throws Malformed where it has not come yet: nobody can say what will have been */
    Moment hasCome(long head, Instant now) {
        if (position != null && position > head) {
            throw new Malformed(field, "is in the future: the log ends at position " + Math.max(head, 0));
        }
        if (at != null && at.isAfter(now)) {
            throw new Malformed(field, "is in the future: it is now " + now);
        }
        return this;
    }
}
