package org.voucherledger.domain.batch;

import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.money.Fen;

/**
 * The last position given, and what the live applications ask for together; of a queue that is vetted also who waits, so that nothing
 * but this state is looked at to know whose turn it is, however many have withdrawn.
 *
 * @param tiers only of a queue that is vetted, by tier, the first tier first (CL-03)
 */
public record QueueState(long lastPosition, Fen live, SortedMap<Integer, Tier> tiers)
        implements State<QueueState, QueueEvent> {

    /**
     * One tier of a queue that is vetted.
     *
     * @param waiting the positions of those that wait to be vetted
     * @param reserved what its applications hold, those that were rejected or withdrawn not counted
     */
    public record Tier(Positions waiting, Fen reserved) {
        static final Tier NONE = new Tier(Positions.NONE, Fen.ZERO);
    }

    public static final QueueState EMPTY = new QueueState(0, Fen.ZERO, new TreeMap<>());

    @Override
    public boolean exists() {
        return lastPosition > 0;
    }

    public Tier tier(int tier) {
        return tiers.getOrDefault(tier, Tier.NONE);
    }

    /** How many applications wait to be vetted. */
    public long pending() {
        return tiers.values().stream().mapToLong(tier -> tier.waiting().count()).sum();
    }

    /** CL-03: the position of the next to be vetted: of the first tier in which somebody waits, the first; none where nobody does. */
    public OptionalLong nextToBeVetted() {
        return tiers.values().stream()
                .map(Tier::waiting)
                .filter(waiting -> !waiting.isEmpty())
                .mapToLong(Positions::first)
                .findFirst();
    }

    @Override
    public QueueState evolve(QueueEvent event) {
        return switch (event) {
            case ApplicationQueued e -> new QueueState(e.position(), live.plus(Fen.of(e.amountFen())), tiers);
            case ApplicationWithdrawn e -> new QueueState(lastPosition, live.minus(Fen.of(e.amountFen())), tiers);
            case ApplicationReserved e -> {
                Tier before = tier(e.tier());
                Fen amount = Fen.of(e.amountFen());
                yield new QueueState(e.position(), live.plus(amount), tiers)
                        .with(
                                e.tier(),
                                new Tier(
                                        before.waiting().with(e.position()),
                                        before.reserved().plus(amount)));
            }
            case ApplicationApproved e -> {
                Tier before = tier(e.tier());
                yield with(e.tier(), new Tier(before.waiting().without(e.position()), before.reserved()));
            }
            case ApplicationRejected e -> released(e.tier(), e.position(), e.amountFen());
            case ApplicationRecalled e -> released(e.tier(), e.position(), e.amountFen());
        };
    }

    private QueueState released(int tier, long position, long amountFen) {
        Tier before = tier(tier);
        Fen amount = Fen.of(amountFen);
        return new QueueState(lastPosition, live.minus(amount), tiers)
                .with(
                        tier,
                        new Tier(
                                before.waiting().without(position),
                                before.reserved().minus(amount)));
    }

    private QueueState with(int number, Tier tier) {
        var next = new TreeMap<>(tiers);
        next.put(number, tier);
        return new QueueState(lastPosition, live, next);
    }
}
