package org.voucherledger.domain.redemption;

import java.time.Instant;
import java.util.Set;

/**
 * One that waits to be paid.
 *
 * @param payableFrom when it could first be paid: its notice over, nothing holding it
 * @param held by a freeze of its own voucher, or by an objection to it
 */
public record Awaited(
        String claimId,
        String voucherId,
        String enterprise,
        String provider,
        int tier,
        long number,
        Instant payableFrom,
        boolean held) {

    boolean isOf(String party) {
        return enterprise.equals(party) || provider.equals(party);
    }

    /** Something of its own, or one of its parties, holds it. */
    boolean standsAside(Set<String> heldParties) {
        return held || heldParties.contains(enterprise) || heldParties.contains(provider);
    }

    Awaited hold() {
        return new Awaited(claimId, voucherId, enterprise, provider, tier, number, payableFrom, true);
    }

    Awaited free() {
        return new Awaited(claimId, voucherId, enterprise, provider, tier, number, payableFrom, false);
    }

    /** What was held could not be paid meanwhile. */
    Awaited notBefore(Instant freedAt) {
        Instant later = freedAt.isAfter(payableFrom) ? freedAt : payableFrom;
        return new Awaited(claimId, voucherId, enterprise, provider, tier, number, later, held);
    }
}
