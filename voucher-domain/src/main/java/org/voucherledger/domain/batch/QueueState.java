package org.voucherledger.domain.batch;

import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.money.Fen;

/** Counters only, however long the queue: the last position given, and what the live applications ask for together. */
public record QueueState(long lastPosition, Fen live) implements State<QueueState, QueueEvent> {

    public static final QueueState EMPTY = new QueueState(0, Fen.ZERO);

    @Override
    public boolean exists() {
        return lastPosition > 0;
    }

    @Override
    public QueueState evolve(QueueEvent event) {
        return switch (event) {
            case ApplicationQueued e -> new QueueState(e.position(), live.plus(Fen.of(e.amountFen())));
            case ApplicationWithdrawn e -> new QueueState(lastPosition, live.minus(Fen.of(e.amountFen())));
        };
    }
}
