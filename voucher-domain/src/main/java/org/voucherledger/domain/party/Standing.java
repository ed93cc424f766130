package org.voucherledger.domain.party;

import java.time.Instant;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * What violations have brought upon a party (GZ-32).
 *
 * @param liftedAt when a freeze was last lifted with a new deadline; vouchers held before it are due then, else {@code null}
 */
public record Standing(boolean frozen, boolean disqualified, Instant liftedAt, Instant newDeadline) {

    public static final Standing GOOD = new Standing(false, false, null, null);

    Standing freeze() {
        return new Standing(true, disqualified, liftedAt, newDeadline);
    }

    Standing lift(Instant at, Instant deadline) {
        return deadline == null
                ? new Standing(false, disqualified, liftedAt, newDeadline)
                : new Standing(false, disqualified, at, deadline);
    }

    Standing disqualify() {
        return new Standing(frozen, true, liftedAt, newDeadline);
    }

    /** GZ-32: while frozen, no step but the bureau's goes forward. */
    public Decision isNotFrozen(String party) {
        return Rule.GZ_32.finds(Check.FREEZE, "PartyFrozen", !frozen, "not frozen", "frozen", party);
    }

    /** GZ-32: disqualified for good, in every scheme. */
    public Decision isNotDisqualified(String party) {
        return Rule.GZ_32.finds(
                Check.FREEZE, "PartyDisqualified", !disqualified, "not disqualified", "disqualified", party);
    }

    /** The deadline named for what the freeze had held, or {@code null}. */
    public Instant extensionFor(Instant heldFrom) {
        return liftedAt != null && heldFrom.isBefore(liftedAt) ? newDeadline : null;
    }
}
