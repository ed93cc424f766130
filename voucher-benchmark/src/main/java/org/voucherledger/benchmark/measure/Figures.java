package org.voucherledger.benchmark.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a benchmark has found out: the charts to be drawn, and the numbers that its JSON holds. */
public final class Figures {

    private static final double THOUSANDTHS = 1_000;

    private final String machine;
    private final List<Chart> charts = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private final Map<String, Object> others = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @param machine see {@link Machine#describe} */
    public Figures(String machine) {
        this.machine = machine;
    }

    public Figures with(Chart chart) {
        charts.add(chart);
        return this;
    }

    public Figures with(Ratio ratio) {
        ratios.add(ratio);
        return this;
    }

    /** @param value a number, a text, or a map of such, for whoever reads the JSON */
    public Figures with(String name, Object value) {
        others.put(name, value);
        return this;
    }

    /** A sentence that whoever reads the figures must know to understand them. */
    public Figures note(String sentence) {
        notes.add(sentence);
        return this;
    }

    public String machine() {
        return machine;
    }

    public List<Chart> charts() {
        return List.copyOf(charts);
    }

    public List<Ratio> ratios() {
        return List.copyOf(ratios);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The ratios by name, to a thousandth. */
    public Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        ratios.forEach(ratio -> numbers.put(ratio.name(), Math.round(ratio.median() * THOUSANDTHS) / THOUSANDTHS));
        return numbers;
    }

    /** What else was found. */
    public Map<String, Object> others() {
        return others;
    }
}
