package org.voucherledger.benchmark.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * Several contenders measured in turns, round after round, so that whatever the machine does besides falls on all of them. What
 * a contender makes is usually a rate.
 */
public final class Rounds {

    private final Map<String, DoubleSupplier> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> made = new LinkedHashMap<>();

    public Rounds with(String name, DoubleSupplier figure) {
        if (contenders.put(name, figure) != null) {
            throw new IllegalArgumentException(name + " is there twice");
        }
        return this;
    }

    /** As many as are asked for, after those that warm up. */
    public Rounds run(Effort effort) {
        return run(effort.warmUps(), effort.rounds());
    }

    /** The first rounds warm up and are not counted. What each makes is said on the error stream, as it comes. */
    Rounds run(int warmUps, int rounds) {
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (var contender : contenders.entrySet()) {
                double figure = contender.getValue().getAsDouble();
                System.err.printf(
                        "  %s %-40s %s%n",
                        round < 1 ? "warming up" : "round " + round + " of " + rounds,
                        contender.getKey(),
                        Bar.figure(figure));
                if (round > 0) {
                    made.computeIfAbsent(contender.getKey(), key -> new ArrayList<>())
                            .add(figure);
                }
            }
        }
        return this;
    }

    public double median(String name) {
        return bar(name).median();
    }

    public Bar bar(String name) {
        List<Double> sorted = sorted(made.get(name));
        return new Bar(name, median(sorted), sorted.getFirst(), sorted.getLast());
    }

    /** All of them, in the order in which they took their turns. */
    public List<Bar> bars() {
        return contenders.keySet().stream().map(this::bar).toList();
    }

    /** Round by round, one beside the other. */
    public Ratio ratio(String ratio, String name, String to, Aim aim) {
        List<Double> ones = made.get(name);
        List<Double> others = made.get(to);
        List<Double> sorted = sorted(IntStream.range(0, ones.size())
                .mapToObj(round -> ones.get(round) / others.get(round))
                .toList());
        return new Ratio(ratio, median(sorted), sorted.getFirst(), sorted.getLast(), aim);
    }

    private static List<Double> sorted(List<Double> figures) {
        return figures.stream().sorted().toList();
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
