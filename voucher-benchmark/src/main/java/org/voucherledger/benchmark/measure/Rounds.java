package org.voucherledger.benchmark.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Several contenders measured in turns, round after round, so that whatever the machine does besides falls on all of them. What
 * a contender makes is a rate: the more the better.
 */
public final class Rounds {

    private final Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    public Rounds with(String name, DoubleSupplier ratePerSecond) {
        contenders.put(name, ratePerSecond);
        return this;
    }

    /** The first round warms up and is not counted. */
    public Rounds run(int rounds) {
        contenders.values().forEach(DoubleSupplier::getAsDouble);
        for (int round = 0; round < rounds; round++) {
            contenders.forEach((name, rate) ->
                    rates.computeIfAbsent(name, key -> new ArrayList<>()).add(rate.getAsDouble()));
        }
        return this;
    }

    public double median(String name) {
        List<Double> sorted = rates.get(name).stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double ratio(String name, String to) {
        return median(name) / median(to);
    }

    public String line(String name) {
        List<Double> sorted = rates.get(name).stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%-28s %,12.0f /s   (%,.0f to %,.0f in %d rounds)",
                name,
                median(name),
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }
}
