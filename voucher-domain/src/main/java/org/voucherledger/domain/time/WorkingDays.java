package org.voucherledger.domain.time;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * China's working days: Monday to Friday, except where the State Council's yearly notice says otherwise (GZ-12).
 *
 * <p>A year that the data does not hold is unknown, not ordinary: asking about it throws {@link UnknownYear}.
 */
public final class WorkingDays {

    private static final WorkingDays CHINA = readResource("/cn-working-days-2018-2026.csv");

    private final Map<LocalDate, Boolean> worked = new HashMap<>();
    private final TreeSet<Integer> years = new TreeSet<>();

    /** The calendar that comes with the ledger. */
    public static WorkingDays china() {
        return CHINA;
    }

    /** Reads {@code date,kind} rows, kind being {@code HOLIDAY} (a weekday off) or {@code WORKDAY} (a weekend day worked). */
    public static WorkingDays read(Iterable<String> rows) {
        var calendar = new WorkingDays();
        for (String row : rows) {
            if (row.isBlank() || row.startsWith("date,")) {
                continue;
            }
            String[] cells = row.split(",", -1);
            LocalDate day = LocalDate.parse(cells[0].strip());
            switch (cells[1].strip()) {
                case "HOLIDAY" -> calendar.worked.put(day, false);
                case "WORKDAY" -> calendar.worked.put(day, true);
                default -> throw new IllegalArgumentException("neither HOLIDAY nor WORKDAY: " + row);
            }
            calendar.years.add(day.getYear());
        }
        return calendar;
    }

    public boolean knows(int year) {
        return years.contains(year);
    }

    public boolean isWorked(LocalDate day) {
        if (!knows(day.getYear())) {
            throw new UnknownYear(day.getYear());
        }
        boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
        return worked.getOrDefault(day, weekday);
    }

    /** The {@code n}-th working day after the given day, which itself does not count. */
    public LocalDate after(LocalDate day, int n) {
        LocalDate candidate = day;
        for (int left = n; left > 0; ) {
            candidate = candidate.plusDays(1);
            if (isWorked(candidate)) {
                left--;
            }
        }
        return candidate;
    }

    /** The day itself if it is worked, else the next one that is (民法总则 203). */
    public LocalDate atOrAfter(LocalDate day) {
        LocalDate candidate = day;
        while (!isWorked(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    private static WorkingDays readResource(String name) {
        try (InputStream in = WorkingDays.class.getResourceAsStream(name);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calendar holds nothing about this year, so nothing may be computed from it. */
    public static final class UnknownYear extends RuntimeException {
        private final int year;

        public UnknownYear(int year) {
            super("no working-day data for " + year);
            this.year = year;
        }

        public int year() {
            return year;
        }
    }
}
