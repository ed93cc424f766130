package org.voucherledger.domain.violation;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Rule.GZ_32;

import java.time.Instant;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.rule.Decision;

/** GZ-32: whoever lifts a freeze may name a new deadline; one that has passed would be none. */
public final class NewDeadline {

    private NewDeadline() {}

    /** {@code null} where no deadline is named. */
    public static Decision isAhead(Instant newDeadline, Stamp stamp) {
        return newDeadline == null
                ? null
                : GZ_32.before(DEADLINE, "DeadlineInThePast", newDeadline, stamp.receivedAt());
    }
}
