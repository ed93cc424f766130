package org.voucherledger.api.season;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.time.WorkingDays;

/** The days of the Guangzhou season of 2020, in Shanghai's time. People act on working days. */
final class Calendar {

    static final int YEAR = 2020;

    static final Instant BEGIN = at("2020-03-26", "07:00");
    static final Instant REGISTRATION = at("2020-03-30", "09:00");
    static final Instant VALID_UNTIL = at("2020-12-01", "00:00");
    static final Instant REDEMPTION_FROM = at("2020-06-01", "00:00");
    static final Instant REDEMPTION_UNTIL = at("2021-01-01", "00:00");
    static final Instant END = at("2021-01-29", "17:00");

    private static final WorkingDays CHINA = WorkingDays.china();

    private Calendar() {}

    static Instant at(String day, String time) {
        return at(LocalDate.parse(day), LocalTime.parse(time));
    }

    static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(Shanghai.ZONE).toInstant();
    }

    /** That hour of the day on which this instant lies. */
    static Instant at(Instant day, int hour) {
        return at(Shanghai.dateOf(day), LocalTime.of(hour, 0));
    }

    /** That hour of the n-th working day after this instant's day. */
    static Instant workingDaysAfter(Instant day, long n, int hour) {
        return at(CHINA.after(Shanghai.dateOf(day), Math.toIntExact(n)), LocalTime.of(hour, 0));
    }

    /** That hour of a working day between the two days, drawn; the last one if none lies between them. */
    static Instant workingDayBetween(LocalDate first, LocalDate last, int hour, Draw draw) {
        LocalDate from = CHINA.atOrAfter(first);
        long days = Math.max(0, last.toEpochDay() - from.toEpochDay());
        LocalDate day = CHINA.atOrAfter(from.plusDays(draw.between(0, days)));
        return at(day.isAfter(last) && from.isBefore(last) ? from : day, LocalTime.of(hour, 0));
    }
}
