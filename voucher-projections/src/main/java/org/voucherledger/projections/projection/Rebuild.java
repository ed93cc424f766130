package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the idle copy of a projection anew, tells it the whole log, and when it has caught up lets it serve instead of the
 * other, which serves meanwhile. A reader never sees the position fall. If the program stops in the middle, whoever runs next
 * goes on where the copy is.
 */
final class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    /** How far behind the serving copy a rebuilt one may be when the old one is halted for the switch. */
    private static final long NEARLY = 2_000;

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration BRIEFLY = Duration.ofMinutes(1);
    /** After how many failures in a row a rebuild is given up. */
    private static final int TRIES = 3;

    private final Projection projection;
    private final Definition definition;
    private final Slot old;
    private final Slot fresh;
    private final Slots slots;
    private final Tellers tellers;
    private final TransactionTemplate transaction;
    private final ProjectionPositions positions;
    private final Faults faults;
    private final BooleanSupplier closed;

    Rebuild(
            Projection projection,
            Slots slots,
            Tellers tellers,
            TransactionTemplate transaction,
            ProjectionPositions positions,
            Faults faults,
            BooleanSupplier closed) {
        this.projection = projection;
        this.definition = Definition.of(projection);
        this.old = slots.serving(projection.name()).orElseThrow();
        this.fresh = old.other();
        this.slots = slots;
        this.tellers = tellers;
        this.transaction = transaction;
        this.positions = positions;
        this.faults = faults;
        this.closed = closed;
    }

    /** @throws IllegalStateException if it was given up; the old copy serves, and is run again by the keeper */
    void run() {
        tellers.stop(fresh);
        if (!slots.isRebuilding(fresh, definition)) {
            transaction.executeWithoutResult(status -> slots.make(fresh, definition));
        }
        // What the copy failed at before it was made anew is not held against it.
        faults.succeeded(fresh);
        tellers.run(projection, fresh);
        try {
            awaitUntil(() -> behind() <= NEARLY, LONG);
            // Under a steady load two copies may chase each other for ever, so the old one is halted for the last step.
            tellers.stop(old);
            awaitUntil(() -> behind() <= 0 && hasSwitched(), BRIEFLY);
        } catch (RuntimeException e) {
            tellers.stop(fresh);
            if (!closed.getAsBoolean()) {
                slots.giveUp(fresh);
            }
            throw e;
        }
        drop();
    }

    private long behind() {
        return slots.progress(old).position() - slots.progress(fresh).position();
    }

    /** Another instance may tell the old copy until nobody can; only then is it known that the new one shows as much. */
    private boolean hasSwitched() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!slots.lockSoon()) {
                status.setRollbackOnly();
                return false;
            }
            if (!slots.serving(projection.name()).equals(Optional.of(old))) {
                throw new IllegalStateException(old.schema() + " does not serve any more");
            }
            if (behind() > 0) {
                return false;
            }
            slots.serve(fresh, definition);
            return true;
        }));
    }

    /** A copy that stays behind is in nobody's way: the next rebuild drops it before it makes it anew. */
    private void drop() {
        try {
            transaction.executeWithoutResult(status -> slots.drop(old));
        } catch (DataAccessException e) {
            LOG.warn(
                    "{} serves; the old copy {} cannot be dropped and stays until the next rebuild",
                    fresh.schema(),
                    old.schema(),
                    e);
        }
    }

    private void awaitUntil(BooleanSupplier condition, Duration atMost) {
        boolean reached = positions.awaitUntil(
                () -> closed.getAsBoolean() || faults.inARow(fresh) >= TRIES || condition.getAsBoolean(), atMost);
        if (closed.getAsBoolean()) {
            throw new IllegalStateException("shutting down");
        }
        if (faults.inARow(fresh) >= TRIES) {
            throw new IllegalStateException(faults.of(fresh).orElse("") + ", " + TRIES + " times in a row");
        }
        if (!reached) {
            throw new IllegalStateException("not caught up within " + atMost);
        }
    }
}
