package org.voucherledger.domain.usedonce;

import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.usedonce.UsedOnceEvent.BankPaymentBound;
import org.voucherledger.domain.usedonce.UsedOnceEvent.BankPaymentReleased;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyReleased;

/**
 * Which voucher a key serves, or which claim where it is the key of a bank payment.
 *
 * @param boundTo the voucher or the claim, or empty while the key is free
 */
public record UsedOnceState(boolean exists, String boundTo) implements State<UsedOnceState, UsedOnceEvent> {

    public static final UsedOnceState EMPTY = new UsedOnceState(false, "");

    public boolean isBoundTo(String id) {
        return boundTo.equals(id);
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

    /** GZ-43: a bank payment pays items of one claim; the same claim may name it again. */
    public Decision mayPay(String claimId, UsedOnceKey key) {
        return Rule.GZ_43.holds(
                Check.USED_ONCE,
                "BankReferenceUsed",
                boundTo.isEmpty() || isBoundTo(claimId),
                "one claim a bank payment",
                boundTo.isEmpty() ? "free" : boundTo,
                key.key());
    }

    @Override
    public UsedOnceState evolve(UsedOnceEvent event) {
        return switch (event) {
            case KeyBound e -> new UsedOnceState(true, e.voucherId());
            case KeyReleased e -> new UsedOnceState(true, "");
            case BankPaymentBound e -> new UsedOnceState(true, e.claimId());
            case BankPaymentReleased e -> new UsedOnceState(true, "");
        };
    }
}
