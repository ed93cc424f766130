package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.format.annotation.DateTimeFormat;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** As of when: after the event at a position, at a moment, or now where neither is said. */
public record BooksWhen(
        @Parameter(description = "After the event at this position of the log")
        Long position,

        @Parameter(description = "As they had been recorded at this moment")
        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME)
        OffsetDateTime at) {

    public BooksWhen {
        if (position != null && at != null) {
            throw new Malformed("at", "without position: one of the two");
        }
    }

    public Instant moment() {
        return at == null ? null : Field.given("at", at.toInstant());
    }

    /** @throws Refused if it has not come yet, because what will be in the books then nobody knows (ALL-03) */
    public void insistOnThePast(long head, Instant now) {
        if (position != null && position > Math.max(0, head)) {
            throw new Refused(Rule.ALL_03.holds(
                    Check.STATE, "PositionAhead", false, "≤ " + head, "> " + head, String.valueOf(position)));
        }
        if (at != null && moment().isAfter(now)) {
            throw new Refused(
                    Rule.ALL_03.holds(Check.STATE, "MomentAhead", false, "≤ " + now, "> " + now, moment().toString()));
        }
    }

    /** What the view must have reached for the answer to be the last word on it. */
    Long needed(long head, Long atLeast) {
        if (at != null) {
            return head;
        }
        return position == null ? atLeast : Long.valueOf(Math.max(position, atLeast == null ? position : atLeast));
    }
}
