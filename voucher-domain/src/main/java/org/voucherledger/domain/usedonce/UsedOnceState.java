package org.voucherledger.domain.usedonce;

import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyReleased;

/**
 * Which voucher a key serves.
 *
 * @param boundTo the voucher, or empty while the key is free
 */
public record UsedOnceState(boolean exists, String boundTo) implements State<UsedOnceState, UsedOnceEvent> {

    public static final UsedOnceState EMPTY = new UsedOnceState(false, "");

    public boolean isBoundTo(String voucherId) {
        return boundTo.equals(voucherId);
    }

    /** GZ-26: a key binds to one voucher; the same voucher may name it again. */
    public Decision mayServe(String voucherId, UsedOnceKey key) {
        return Rule.GZ_26.holds(
                Check.USED_ONCE,
                "AlreadyUsed",
                boundTo.isEmpty() || isBoundTo(voucherId),
                "one voucher a key",
                boundTo.isEmpty() ? "free" : boundTo,
                key.kind() + " " + key.key());
    }

    @Override
    public UsedOnceState evolve(UsedOnceEvent event) {
        return switch (event) {
            case KeyBound e -> new UsedOnceState(true, e.voucherId());
            case KeyReleased e -> new UsedOnceState(true, "");
        };
    }
}
