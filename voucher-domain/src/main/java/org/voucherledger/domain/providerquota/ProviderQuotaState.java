package org.voucherledger.domain.providerquota;

import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReinstated;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReleased;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * What a provider has reserved and taken.
 *
 * <p>Invariant (GZ-21): nothing is reserved beyond the cap in force at that moment; a cap lowered below use only stops new
 * reservations.
 *
 * @param limit the provider's own limit, {@code null} where its class's counts (CL-05)
 */
public record ProviderQuotaState(Fen reserved, Fen taken, Fen limit)
        implements State<ProviderQuotaState, ProviderQuotaEvent> {

    public static final ProviderQuotaState EMPTY = new ProviderQuotaState(Fen.ZERO, Fen.ZERO, null);

    @Override
    public boolean exists() {
        return !reserved.isZero() || !taken.isZero() || limit != null;
    }

    /** GZ-21: an order of this much still fits. */
    public Decision mayReserve(Fen asked, Fen cap) {
        return Rule.GZ_21.fits(Check.CAPS, "ProviderCapExceeded", cap, taken.plus(reserved), asked);
    }

    /** CL-05: an application of this much still fits. */
    public Decision mayReserveWithItsContract(Fen asked, Fen limit) {
        return Rule.CL_05.fits(Check.CAPS, "ProviderLimitExceeded", limit, taken.plus(reserved), asked);
    }

    /** GZ-21: a payment above what was reserved must fit with its difference; at or below, it always does. */
    public Decision mayTake(Fen asked, Fen wasReserved, Fen cap) {
        return asked.exceeds(wasReserved) ? mayReserve(asked.minus(wasReserved), cap) : null;
    }

    @Override
    public ProviderQuotaState evolve(ProviderQuotaEvent event) {
        return switch (event) {
            case ProviderLimitAdjusted e -> new ProviderQuotaState(reserved, taken, Fen.of(e.limitFen()));
            case ProviderQuotaReserved e -> with(reserved.plus(Fen.of(e.amountFen())), taken);
            case ProviderQuotaTaken e ->
                with(reserved.minus(Fen.of(e.reservedFen())), taken.plus(Fen.of(e.takenFen())));
            case ProviderQuotaReinstated e ->
                with(reserved.plus(Fen.of(e.amountFen())), taken.minus(Fen.of(e.amountFen())));
            case ProviderQuotaReleased e ->
                with(reserved.minus(Fen.of(e.reservedFen())), taken.minus(Fen.of(e.takenFen())));
        };
    }

    private ProviderQuotaState with(Fen nextReserved, Fen nextTaken) {
        return new ProviderQuotaState(nextReserved, nextTaken, limit);
    }
}
