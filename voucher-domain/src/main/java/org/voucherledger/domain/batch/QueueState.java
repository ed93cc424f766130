package org.voucherledger.domain.batch;

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
 * Counters only, however long the queue: the last position given, and what the live applications ask for together.
 *
 * @param tiers what only a queue that is vetted counts, by tier, the first tier first (CL-03)
 */
public record QueueState(long lastPosition, Fen live, SortedMap<Integer, Tier> tiers)
        implements State<QueueState, QueueEvent> {

    /**
     * One tier of a queue that is vetted.
     *
     * @param pending how many of its applications wait to be vetted
     * @param reserved what its applications hold, those that were rejected or withdrawn not counted
     * @param place where in the stream the first of those that wait stands; -1 where nobody waits
     */
    public record Tier(long pending, Fen reserved, long place) {
        static final Tier NONE = new Tier(0, Fen.ZERO, -1);
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
        return tiers.values().stream().mapToLong(Tier::pending).sum();
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
                                        before.pending() + 1,
                                        before.reserved().plus(amount),
                                        before.pending() == 0 ? e.place() : before.place()));
            }
            case ApplicationApproved e -> {
                Tier before = tier(e.tier());
                yield with(e.tier(), new Tier(before.pending() - 1, before.reserved(), e.nextPlace()));
            }
            case ApplicationRejected e -> released(e.tier(), e.amountFen(), e.nextPlace());
            case ApplicationRecalled e -> released(e.tier(), e.amountFen(), e.nextPlace());
        };
    }

    private QueueState released(int tier, long amountFen, long place) {
        Tier before = tier(tier);
        Fen amount = Fen.of(amountFen);
        return new QueueState(lastPosition, live.minus(amount), tiers)
                .with(tier, new Tier(before.pending() - 1, before.reserved().minus(amount), place));
    }

    private QueueState with(int number, Tier tier) {
        var next = new TreeMap<>(tiers);
        next.put(number, tier);
        return new QueueState(lastPosition, live, next);
    }
}
