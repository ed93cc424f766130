package org.voucherledger.domain.party;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * 《中小企业划型标准规定》 (工信部联企业〔2011〕300号) as data: one row an industry. Money is in 万元; "以上" includes the
 * number itself, "以下" does not.
 */
public final class SizeStandard {

    private static final SizeStandard OF_2011 = readResource("/sme-size-standard-2011.csv");

    private enum Metric {
        EMPLOYEES,
        REVENUE,
        ASSETS
    }

    private record Threshold(Metric metric, long smeBelow, long mediumFrom, long smallFrom) {}

    private record Row(Threshold a, Threshold b) {}

    private final Map<Industry, Row> rows = new EnumMap<>(Industry.class);

    /** The standard that comes with the ledger. */
    public static SizeStandard of2011() {
        return OF_2011;
    }

    /**
     * The size of an enterprise with these figures: an SME if either metric is below its threshold; then medium or small if
     * both reach theirs. Where an industry has one metric, it decides alone.
     */
    public Size sizeOf(Industry industry, long employees, long revenueWan, long assetsWan) {
        Row row = rows.get(industry);
        long a = value(row.a(), employees, revenueWan, assetsWan);
        boolean alone = row.b() == null;
        long b = alone ? 0 : value(row.b(), employees, revenueWan, assetsWan);
        if (a >= row.a().smeBelow() && (alone || b >= row.b().smeBelow())) {
            return Size.LARGE;
        }
        if (a >= row.a().mediumFrom() && (alone || b >= row.b().mediumFrom())) {
            return Size.MEDIUM;
        }
        return a >= row.a().smallFrom() && (alone || b >= row.b().smallFrom()) ? Size.SMALL : Size.MICRO;
    }

    private static long value(Threshold threshold, long employees, long revenueWan, long assetsWan) {
        return switch (threshold.metric()) {
            case EMPLOYEES -> employees;
            case REVENUE -> revenueWan;
            case ASSETS -> assetsWan;
        };
    }

    private static SizeStandard readResource(String name) {
        var standard = new SizeStandard();
        try (InputStream in = SizeStandard.class.getResourceAsStream(name);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(",", -1))
                    .forEach(cells -> standard.rows.put(
                            Industry.valueOf(cells[0]), new Row(threshold(cells, 2), threshold(cells, 6))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return standard;
    }

    private static Threshold threshold(String[] cells, int at) {
        return cells[at].isEmpty()
                ? null
                : new Threshold(
                        Metric.valueOf(cells[at]),
                        Long.parseLong(cells[at + 1]),
                        Long.parseLong(cells[at + 2]),
                        Long.parseLong(cells[at + 3]));
    }
}
