package org.voucherledger.projections.projection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What keeps a copy from being told more; it is tried again, and a success clears it. Other instances can read it, too. */
final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private record Failing(int times, String fault) {}

    private final Map<Slot, Failing> failing = new ConcurrentHashMap<>();
    private final Slots slots;

    Faults(Slots slots) {
        this.slots = slots;
    }

    /** Outside of the transaction that failed. */
    void failed(Slot slot, Throwable fault) {
        String words = words(fault);
        failing.merge(slot, new Failing(1, words), (before, now) -> new Failing(before.times() + 1, now.fault()));
        try {
            slots.fails(slot, words);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("Others cannot be told why {} stands still", slot.schema(), away);
        }
    }

    /** With those of its cause, where the fault itself names only the statement. */
    private static String words(Throwable fault) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(fault);
        return cause == fault ? String.valueOf(fault) : fault + ": " + cause.getMessage();
    }

    void succeeded(Slot slot) {
        failing.remove(slot);
    }

    /** How often in a row it has failed now. */
    int inARow(Slot slot) {
        return Optional.ofNullable(failing.get(slot)).map(Failing::times).orElse(0);
    }

    /** The last failure's own words, while it lasts. */
    Optional<String> of(Slot slot) {
        return Optional.ofNullable(failing.get(slot)).map(Failing::fault);
    }
}
