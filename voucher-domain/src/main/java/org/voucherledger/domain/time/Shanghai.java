package org.voucherledger.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The policy's time zone: days begin and end in Shanghai, instants are the server's. */
public final class Shanghai {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Shanghai() {}

    public static LocalDate dateOf(Instant instant) {
        return instant.atZone(ZONE).toLocalDate();
    }

    public static int yearOf(Instant instant) {
        return dateOf(instant).getYear();
    }

    /** 00:00 of the day: the first instant that belongs to it. */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** 24:00 of the day: the first instant that no longer belongs to it. */
    public static Instant endOf(LocalDate day) {
        return startOf(day.plusDays(1));
    }
}
