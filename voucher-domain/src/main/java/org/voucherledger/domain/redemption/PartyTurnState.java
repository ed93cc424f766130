package org.voucherledger.domain.redemption;

import java.util.SortedSet;
import java.util.TreeSet;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.redemption.PartyTurnEvent.TurnGivenInBatch;

/**
 * Which batches' orders of payment have to hear when the party is frozen or freed (GZ-32). There is one batch a city, so that
 * these are few.
 */
public record PartyTurnState(SortedSet<String> batches) implements State<PartyTurnState, PartyTurnEvent> {

    public static final PartyTurnState EMPTY = new PartyTurnState(new TreeSet<>());

    @Override
    public boolean exists() {
        return !batches.isEmpty();
    }

    @Override
    public PartyTurnState evolve(PartyTurnEvent event) {
        return switch (event) {
            case TurnGivenInBatch e -> {
                var next = new TreeSet<>(batches);
                next.add(e.batchId());
                yield new PartyTurnState(next);
            }
        };
    }
}
