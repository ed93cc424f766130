package org.voucherledger.domain.redemption;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.redemption.SettlementEvent.ClaimNumbered;
import org.voucherledger.domain.redemption.SettlementEvent.PaidOutOfTurn;
import org.voucherledger.domain.redemption.SettlementEvent.PartyFreed;
import org.voucherledger.domain.redemption.SettlementEvent.PartyHeld;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentAwaited;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentCalledOff;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentFreed;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentHeld;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentMade;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentReopened;

/**
 * Who is to be paid, in the order in which they are (CL-03, GZ-43): whoever is approved, published and unpaid.
 *
 * <p>Invariant: whatever a freeze or an objection holds stands aside and not among those that wait, so that the first that
 * waits and whose notice is over is the next to be paid; nothing but this state is looked at to know it.
 *
 * @param lastNumber the place in the order of claim that was given last
 * @param paidOut what the bank has paid, what it sent back not counted
 * @param waiting those that nothing holds
 * @param aside those that something holds, for as long as it does
 * @param heldParties the frozen and disqualified among those whose vouchers are to be paid, by the names of their streams
 */
public record SettlementState(long lastNumber, Fen paidOut, Turns waiting, Turns aside, Set<String> heldParties)
        implements State<SettlementState, SettlementEvent> {

    public static final SettlementState EMPTY = new SettlementState(0, Fen.ZERO, Turns.NONE, Turns.NONE, Set.of());

    @Override
    public boolean exists() {
        return lastNumber > 0;
    }

    /** The one to be paid at this place, held or not; {@code null} where there is none. */
    public Awaited at(int tier, long number) {
        Awaited free = waiting.at(tier, number);
        return free == null ? aside.at(tier, number) : free;
    }

    public boolean holds(String party) {
        return heldParties.contains(party);
    }

    /** Who could have been paid at this moment and is in turn before this place, the first of them. */
    public Optional<Awaited> ahead(int tier, long number, Instant at) {
        return waiting.before(tier, number)
                .filter(each -> !at.isBefore(each.payableFrom()))
                .findFirst();
    }

    @Override
    public SettlementState evolve(SettlementEvent event) {
        return switch (event) {
            case ClaimNumbered e -> new SettlementState(e.number(), paidOut, waiting, aside, heldParties);
            case PaymentAwaited e ->
                with(awaited(
                        e.claimId(),
                        e.voucherId(),
                        e.enterpriseId(),
                        e.providerId(),
                        e.tier(),
                        e.number(),
                        e.payableFrom()));
            case PaymentMade e -> without(e.tier(), e.number()).paid(paidOut.plus(Fen.of(e.amountFen())));
            case PaidOutOfTurn e -> this;
            case PaymentCalledOff e -> without(e.tier(), e.number());
            case PaymentReopened e ->
                with(awaited(
                                e.claimId(),
                                e.voucherId(),
                                e.enterpriseId(),
                                e.providerId(),
                                e.tier(),
                                e.number(),
                                e.payableFrom()))
                        .paid(paidOut.minus(Fen.of(e.amountFen())));
            case PaymentHeld e -> with(at(e.tier(), e.number()).hold());
            case PaymentFreed e -> with(at(e.tier(), e.number()).free().notBefore(e.freedAt()));
            case PartyHeld e -> party(e.party(), true, each -> each);
            case PartyFreed e -> party(e.party(), false, each -> each.notBefore(e.freedAt()));
        };
    }

    /** Awaited anew, it keeps what holds it. */
    private Awaited awaited(
            String claimId,
            String voucherId,
            String enterpriseId,
            String providerId,
            int tier,
            long number,
            Instant payableFrom) {
        Awaited before = at(tier, number);
        return new Awaited(
                claimId,
                voucherId,
                "enterprise:" + enterpriseId,
                "provider:" + providerId,
                tier,
                number,
                payableFrom,
                before != null && before.held());
    }

    private SettlementState with(Awaited awaited) {
        SettlementState rest = without(awaited.tier(), awaited.number());
        return awaited.standsAside(heldParties)
                ? new SettlementState(lastNumber, paidOut, rest.waiting, rest.aside.with(awaited), heldParties)
                : new SettlementState(lastNumber, paidOut, rest.waiting.with(awaited), rest.aside, heldParties);
    }

    private SettlementState without(int tier, long number) {
        return new SettlementState(
                lastNumber, paidOut, waiting.without(tier, number), aside.without(tier, number), heldParties);
    }

    private SettlementState party(String party, boolean held, UnaryOperator<Awaited> change) {
        var parties = new HashSet<>(heldParties);
        if (held) {
            parties.add(party);
        } else {
            parties.remove(party);
        }
        var next = new SettlementState(lastNumber, paidOut, waiting, aside, Set.copyOf(parties));
        for (Awaited each : (held ? waiting : aside).those(one -> one.isOf(party))) {
            next = next.with(change.apply(each));
        }
        return next;
    }

    private SettlementState paid(Fen sum) {
        return new SettlementState(lastNumber, sum, waiting, aside, heldParties);
    }
}
