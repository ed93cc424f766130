package org.voucherledger.api.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.voucherledger.domain.time.Shanghai;

/** One figure of a decision as a clerk reads it: fen as yuan, instants as Beijing time, everything else as it is. */
final class Figure {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Figure() {}

    static String of(Object figure) {
        return switch (figure) {
            case Long fen -> yuan(fen);
            case Instant instant -> beijing(instant);
            case String text -> instantOr(text);
            default -> figure.toString();
        };
    }

    private static String yuan(long fen) {
        String sign = fen < 0 ? "-" : "";
        long amount = Math.abs(fen);
        return String.format(Locale.ROOT, "%s¥%,d.%02d", sign, amount / 100, amount % 100);
    }

    private static String beijing(Instant instant) {
        return CLOCK.format(instant.atZone(Shanghai.ZONE));
    }

    private static String instantOr(String text) {
        if (text.length() < 20 || !text.endsWith("Z")) {
            return text;
        }
        try {
            return beijing(Instant.parse(text));
        } catch (DateTimeException notAnInstant) {
            return text;
        }
    }
}
