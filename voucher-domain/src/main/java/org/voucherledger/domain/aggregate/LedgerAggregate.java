package org.voucherledger.domain.aggregate;

import java.util.List;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Evidence;
import org.voucherledger.domain.rule.Trail;

/**
 * What all aggregates share: an identity, a state, and the one way to record an event.
 *
 * @param <S> its state
 * @param <E> its events
 */
public abstract class LedgerAggregate<S extends State<S, E>, E extends DomainEvent> {

    @AggregateIdentifier
    private String streamId;

    private S state;

    protected LedgerAggregate(S empty) {
        state = empty;
    }

    public final S state() {
        return state;
    }

    /** Used once, by the ledger, for a stream that has no events yet. */
    final void identify(String id) {
        streamId = id;
    }

    /** Goes on from a state that its events have been told to before. */
    public final void stand(String id, S after) {
        streamId = id;
        state = after;
    }

    /** Records a fact that has been decided; it is durable when the command's transaction is. */
    final void record(E event) {
        if (!event.streamId().equals(streamId)) {
            throw new IllegalArgumentException(event + " does not belong to " + streamId);
        }
        // The version is read after the event, so that the event which names it carries it already.
        String version = state.evolve(event).schemeVersion();
        MetaData said = version.isEmpty() ? MetaData.emptyInstance() : MetaData.with(Stamp.SCHEME_VERSION, version);
        List<Decision> decided = Trail.handOver();
        AggregateLifecycle.apply(
                event, decided.isEmpty() ? said : said.and(Stamp.DECISIONS, Evidence.written(decided)));
    }

    protected final void fold(E event) {
        streamId = event.streamId();
        state = state.evolve(event);
    }
}
