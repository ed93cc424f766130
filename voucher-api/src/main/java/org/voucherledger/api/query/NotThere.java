package org.voucherledger.api.query;

import java.util.function.Supplier;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** A question about something that the ledger does not know is answered like a command about it: not found. */
public final class NotThere {

    private NotThere() {}

    /** @param kind of thing, e.g. {@code Voucher} */
    public static Supplier<Refused> of(String kind, String id) {
        return () ->
                new Refused(Rule.ALL_04.holds(Check.ACTOR, kind + "Unknown", false, "a known " + kind, "unknown", id));
    }
}
