package org.voucherledger.api.imports;

import java.util.List;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;

/**
 * What has happened to a party so far.
 *
 * @param events all of its stream, in order; none where it is not known yet
 */
record PartyStream(List<DomainEvent> events) {

    static final PartyStream NOTHING = new PartyStream(List.of());

    /** The state as the domain folds it. */
    <S extends State<S, E>, E extends DomainEvent> S state(S empty, Class<E> kind) {
        S state = empty;
        for (DomainEvent event : events) {
            state = state.evolve(kind.cast(event));
        }
        return state;
    }
}
