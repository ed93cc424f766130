package org.voucherledger.domain.rulebook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** The working-day calendar, read a second time and without the domain's own reader. */
final class WorkingDayTable {

    private static final Set<String> ROWS = read();

    private WorkingDayTable() {}

    static LocalDate workingDaysAfter(LocalDate day, int n) {
        LocalDate last = day;
        for (int worked = 0; worked < n; ) {
            last = last.plusDays(1);
            if (isWorked(last)) {
                worked++;
            }
        }
        return last;
    }

    private static boolean isWorked(LocalDate day) {
        boolean weekend = day.getDayOfWeek().getValue() >= 6;
        return weekend ? ROWS.contains(day + ",WORKDAY") : !ROWS.contains(day + ",HOLIDAY");
    }

    private static Set<String> read() {
        try (var in = WorkingDayTable.class.getResourceAsStream("/cn-working-days-2018-2026.csv");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new HashSet<>(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
