package org.voucherledger.projections.projection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What keeps a copy from being told more; Axon tries again by itself, and a success clears it. */
final class Faults {

    private record Failing(int times, String fault) {}

    private final Map<Slot, Failing> failing = new ConcurrentHashMap<>();

    void failed(Slot slot, Throwable fault) {
        failing.merge(
                slot,
                new Failing(1, String.valueOf(fault)),
                (before, now) -> new Failing(before.times() + 1, now.fault()));
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
