package org.voucherledger.domain.aggregate;

import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.voucherledger.domain.rule.StandingRefusal;

/**
 * An aggregate inside the transaction of one command: its state now, and the way to record what was decided.
 *
 * @param <S> its state
 * @param <E> its events
 */
public final class Live<S extends State<S, E>, E extends DomainEvent> {

    private final Aggregate<? extends LedgerAggregate<S, E>> aggregate;

    private Live(Aggregate<? extends LedgerAggregate<S, E>> aggregate) {
        this.aggregate = aggregate;
    }

    /** Loads a stream, or stands {@code fresh} in for one that has no events yet. */
    public static <A extends LedgerAggregate<S, E>, S extends State<S, E>, E extends DomainEvent> Live<S, E> load(
            Repository<A> repository, A fresh, String streamId) {
        try {
            return new Live<>(repository.loadOrCreate(streamId, () -> {
                fresh.identify(streamId);
                return fresh;
            }));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // declared by the repository's signature only: the factory above throws nothing
            throw new IllegalStateException("could not load " + streamId, e);
        }
    }

    /** The state with everything recorded so far in this transaction. */
    public S now() {
        return aggregate.invoke(LedgerAggregate::state);
    }

    /** @throws org.voucherledger.domain.rule.Refused if a refusal stands that was decided outside the domain */
    public void record(E event) {
        StandingRefusal.insist();
        aggregate.execute(root -> root.record(event));
    }
}
