package org.voucherledger.benchmark.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Bar;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Ratio;

/**
 * The page on which the figures stand. What was measured stands between two marks and comes from the command alone; what stands
 * around them is written by people and left as it is.
 */
public final class PerformancePage {

    private static final String PAGE = "performance.md";
    private static final String CHARTS = "performance";

    private final Path directory;

    /** @param directory holds the page; the charts get a directory beside it */
    public PerformancePage(Path directory) {
        this.directory = directory;
    }

    /** @throws IllegalStateException if the page has no place for the benchmark of this name */
    public void show(String benchmark, Figures figures, boolean quick) {
        try {
            Path page = directory.resolve(PAGE);
            String text = Files.readString(page);
            String made = replaced(text, benchmark, section(figures, quick));
            Files.createDirectories(directory.resolve(CHARTS));
            for (Chart chart : figures.charts()) {
                Files.writeString(directory.resolve(CHARTS).resolve(chart.slug() + ".svg"), SvgBars.draw(chart));
            }
            Files.writeString(page, made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replaced(String text, String name, String section) {
        String begin = "<!-- measured: " + name + " -->\n";
        String end = "<!-- end: " + name + " -->\n";
        int from = text.indexOf(begin);
        int until = text.indexOf(end);
        if (from < 0 || until < from) {
            throw new IllegalStateException(PAGE + " has no place for " + name + ": " + begin + end);
        }
        return text.substring(0, from + begin.length()) + section + text.substring(until);
    }

    private static String section(Figures figures, boolean quick) {
        var text = new StringBuilder();
        if (quick) {
            text.append("\n**A quick, rough run (`--quick`).**\n");
        }
        for (Chart chart : figures.charts()) {
            text.append("\n![")
                    .append(chart.title())
                    .append("](")
                    .append(CHARTS)
                    .append('/');
            text.append(chart.slug()).append(".svg)\n\n");
            text.append("| ").append(chart.title()).append(" | median, ").append(chart.unit());
            text.append(" | least | most |\n|---|---:|---:|---:|\n");
            chart.bars().forEach(bar -> text.append(row(bar)));
        }
        if (!figures.ratios().isEmpty()) {
            text.append("\n| ratio | median | least | most | aim |\n|---|---:|---:|---:|---|\n");
            figures.ratios().forEach(ratio -> text.append(row(ratio)));
        }
        if (!figures.others().isEmpty()) {
            text.append("\n| figure | value |\n|---|---:|\n");
            figures.others().forEach((name, value) -> text.append(rows(name, value)));
        }
        figures.notes().forEach(note -> text.append('\n').append(note).append('\n'));
        return text.append("\nOn ").append(figures.machine()).append(".\n\n").toString();
    }

    private static String rows(String name, Object value) {
        if (value instanceof Map<?, ?> several) {
            return several.entrySet().stream()
                    .map(entry -> rows(name + ", " + entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining());
        }
        return "| %s | %s |\n"
                .formatted(name, value instanceof Number number ? Bar.figure(number.doubleValue()) : value);
    }

    private static String row(Bar bar) {
        return "| %s | %s | %s | %s |\n"
                .formatted(bar.name(), Bar.figure(bar.median()), Bar.figure(bar.least()), Bar.figure(bar.most()));
    }

    private static String row(Ratio ratio) {
        Aim aim = ratio.aim();
        return String.format(
                Locale.ROOT,
                "| `%s` | %.3f | %.3f | %.3f | %s |\n",
                ratio.name(),
                ratio.median(),
                ratio.least(),
                ratio.most(),
                aim == null ? "" : aim.judge(ratio.median()));
    }
}
