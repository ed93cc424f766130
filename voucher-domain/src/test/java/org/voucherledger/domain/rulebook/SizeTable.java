package org.voucherledger.domain.rulebook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.Size;

/**
 * The size standard of 2011, read a second time and without the domain's own reader: each metric grades the enterprise for
 * itself, and the smallest grade counts.
 */
public final class SizeTable {

    /** What one metric of one industry says; money in 万元. */
    public record Metric(String name, long largeFrom, long mediumFrom, long smallFrom) {

        Size grade(long figure) {
            return figure >= largeFrom
                    ? Size.LARGE
                    : figure >= mediumFrom ? Size.MEDIUM : figure >= smallFrom ? Size.SMALL : Size.MICRO;
        }
    }

    private static final Map<Industry, List<Metric>> ROWS = read();

    private SizeTable() {}

    public static Map<Industry, List<Metric>> rows() {
        return ROWS;
    }

    public static Size sizeOf(Industry industry, long employees, long revenueWan, long assetsWan) {
        Map<String, Long> figures = Map.of("EMPLOYEES", employees, "REVENUE", revenueWan, "ASSETS", assetsWan);
        return ROWS.get(industry).stream()
                .map(metric -> metric.grade(figures.get(metric.name())))
                .max(Enum::compareTo) // the constants stand from large to micro
                .orElseThrow();
    }

    private static Map<Industry, List<Metric>> read() {
        var rows = new EnumMap<Industry, List<Metric>>(Industry.class);
        try (var in = SizeTable.class.getResourceAsStream("/sme-size-standard-2011.csv");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while ((line = reader.readLine()) != null) {
                String[] cells = line.split(",", -1);
                var metrics = new ArrayList<Metric>();
                for (int at = 2; at <= 6; at += 4) {
                    if (!cells[at].isEmpty()) {
                        metrics.add(new Metric(
                                cells[at], number(cells, at + 1), number(cells, at + 2), number(cells, at + 3)));
                    }
                }
                rows.put(Industry.valueOf(cells[0]), List.copyOf(metrics));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(rows);
    }

    private static long number(String[] cells, int at) {
        return Long.parseLong(cells[at]);
    }
}
