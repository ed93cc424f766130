package org.voucherledger.api.tampering;

import java.util.Map;
import java.util.TreeMap;

/** How a campaign has gone so far. */
public final class Outcome {

    /** A tampering that was not found, or not as it was. */
    public record Missed(long seed, String tampering, String words) {}

    /** Of one way of tampering. */
    public record Count(long tried, long found) {}

    private final Map<String, Count> byTampering = new TreeMap<>();
    private long untouched;
    private long falseAlarms;

    void count(String tampering, boolean isFound) {
        byTampering.merge(
                tampering,
                new Count(1, isFound ? 1 : 0),
                (one, other) -> new Count(one.tried() + other.tried(), one.found() + other.found()));
    }

    void countUntouched(boolean holds) {
        untouched++;
        falseAlarms += holds ? 0 : 1;
    }

    public long tried() {
        return byTampering.values().stream().mapToLong(Count::tried).sum();
    }

    public long found() {
        return byTampering.values().stream().mapToLong(Count::found).sum();
    }

    public long missed() {
        return tried() - found();
    }

    /** Verifications in between for which nothing had been changed. */
    public long untouched() {
        return untouched;
    }

    /** Those of them that found something all the same. */
    public long falseAlarms() {
        return falseAlarms;
    }

    public Map<String, Count> byTampering() {
        return Map.copyOf(byTampering);
    }
}
