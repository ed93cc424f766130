package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells one copy of a view what the log holds, a turn at a time. What a turn writes and how far it has come are one transaction,
 * under the lock of the copy's row: each event is told to it once, whoever tells it and whatever is cut off.
 */
final class Teller {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    /** A copy that is far behind is told so many blocks at a time, and writes a row once that changes in several of them. */
    static final int MOST_BLOCKS = 16;

    static final int MOST_EVENTS = MOST_BLOCKS * Blocks.SIZE;

    static final Duration AT_ONCE = Duration.ZERO;
    /** What is new is called out; this is for what is not heard of. */
    static final Duration WITHOUT_NEWS = Duration.ofSeconds(2);

    private static final Duration IN_OTHER_HANDS = Duration.ofSeconds(1);
    private static final Duration AFTER_THE_FIRST_FAULT = Duration.ofMillis(500);
    private static final Duration AFTER_MANY_FAULTS = Duration.ofSeconds(30);

    private final Projection projection;
    private final Slot slot;
    private final Slots slots;
    private final Tables tables;
    private final Blocks blocks;
    private final TransactionTemplate transaction;
    private final Faults faults;

    /** How far the copy was when it was told last, from here; {@code null} where others may have told it since. */
    private volatile Progress told;

    private volatile boolean catchesUp;

    Teller(
            Projection projection,
            Slot slot,
            Slots slots,
            Tables tables,
            Blocks blocks,
            TransactionTemplate transaction,
            Faults faults) {
        this.projection = projection;
        this.slot = slot;
        this.slots = slots;
        this.tables = tables;
        this.blocks = blocks;
        this.transaction = transaction;
        this.faults = faults;
    }

    Slot slot() {
        return slot;
    }

    /** As far as is known here; who is furthest behind is told first. */
    long position() {
        Progress known = told;
        return known == null ? -1 : known.position();
    }

    /** Was it told as much as a turn takes, so that there may be more at once? */
    boolean catchesUp() {
        return catchesUp;
    }

    /**
     * Tells what there is, but not too much at once.
     *
     * @param whenTold run when something was told and that is certain
     * @return when to take the next turn if there is no news before
     */
    Duration turn(Runnable whenTold) {
        try {
            Progress before = told == null ? claim() : told;
            if (before == null) {
                return IN_OTHER_HANDS;
            }
            told = before;
            List<Told> events = new ArrayList<>();
            Progress end = read(before, events);
            if (end == before) {
                return WITHOUT_NEWS;
            }
            if (!Boolean.TRUE.equals(transaction.execute(status -> tell(before, events, end)))) {
                release();
                return AT_ONCE;
            }
            told = end;
            faults.succeeded(slot);
            whenTold.run();
            return AT_ONCE;
        } catch (RuntimeException | Error fault) {
            release();
            faults.failed(slot, fault);
            LOG.warn("{} cannot be told; trying again", slot.schema(), fault);
            return patience();
        }
    }

    private Progress claim() {
        return transaction.execute(status -> slots.claim(slot).orElse(null));
    }

    private Progress read(Progress before, List<Told> events) {
        Progress end = before;
        boolean more = true;
        for (int n = 0; n < MOST_BLOCKS && more; n++) {
            Block block = blocks.after(end);
            events.addAll(block.events());
            end = block.isEmpty() ? end : block.end();
            more = block.full();
        }
        catchesUp = more;
        return end;
    }

    /** False if somebody else has told it since, or has it in hand: then nothing is written. */
    private boolean tell(Progress before, List<Told> events, Progress end) {
        Progress now = slots.claim(slot).orElse(null);
        if (now == null || !now.place().equals(before.place())) {
            return false;
        }
        if (!events.isEmpty()) {
            projection.tell(events, tables);
        }
        slots.save(slot, end);
        return true;
    }

    /** What is remembered of the copy counts only while nobody else tells it, and only what was committed. */
    private void release() {
        told = null;
        catchesUp = false;
        tables.forget();
    }

    private Duration patience() {
        int doublings = Math.min(10, faults.inARow(slot) - 1);
        Duration patience = AFTER_THE_FIRST_FAULT.multipliedBy(1L << doublings);
        return patience.compareTo(AFTER_MANY_FAULTS) > 0 ? AFTER_MANY_FAULTS : patience;
    }
}
