package org.voucherledger.domain.command;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.voucherledger.domain.money.Fen;

/** What the fields of every command have in common; each method returns its value or throws {@link Malformed}. */
public final class Field {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_TEXT = 2_000;
    private static final long SECONDS_A_YEAR = 31_556_952L;

    private Field() {}

    public static String id(String name, String value) {
        if (value == null || !IDENTIFIER.matcher(value).matches()) {
            throw new Malformed(name, "an identifier of 1 to 64 letters, digits, dots, dashes or underscores");
        }
        return value;
    }

    /** The identifier, or {@code null} where none was given. */
    public static String idOrNone(String name, String value) {
        return value == null ? null : id(name, value);
    }

    public static String text(String name, String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST_TEXT || !isReadable(value)) {
            throw new Malformed(
                    name, "a text of 1 to " + LONGEST_TEXT + " characters, none of them a control character");
        }
        return value.strip();
    }

    /** Line breaks and tabs are text; other control characters and halves of a character are not, nor can views keep them. */
    private static boolean isReadable(String value) {
        return value.codePoints()
                .allMatch(c -> c == '\n'
                        || c == '\r'
                        || c == '\t'
                        || !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
    }

    public static String optionalText(String name, String value) {
        return value == null || value.isBlank() ? "" : text(name, value);
    }

    /** More than nothing, and within what the ledger can count. */
    public static long positiveFen(String name, long value) {
        if (value <= 0) {
            throw new Malformed(name, "an amount above zero, in whole fen");
        }
        return fen(name, value);
    }

    public static long fen(String name, long value) {
        if (value < 0 || value > Fen.MAX) {
            throw new Malformed(name, "an amount from 0 to " + Fen.MAX + " fen");
        }
        return value;
    }

    public static int between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Malformed(name, "a whole number from " + least + " to " + most);
        }
        return value;
    }

    public static <T> T given(String name, T value) {
        if (value == null) {
            throw new Malformed(name, "must be given");
        }
        return orNone(name, value);
    }

    /** The value, or {@code null} where none was given; a date or an instant lies in a year that every part can count with. */
    public static <T> T orNone(String name, T value) {
        int year = value instanceof LocalDate day
                ? day.getYear()
                : value instanceof Instant at ? Math.clamp(at.getEpochSecond() / SECONDS_A_YEAR + 1970, 0, 9999) : 2000;
        if (year < 1900 || year > 2999) {
            throw new Malformed(name, "a date between the years 1900 and 2999");
        }
        return value;
    }

    public static <T> List<T> list(String name, Collection<T> values, int most) {
        if (values == null
                || values.isEmpty()
                || values.size() > most
                || values.stream().anyMatch(Objects::isNull)) {
            throw new Malformed(name, "a list of 1 to " + most + " entries");
        }
        return List.copyOf(values);
    }

    public static <T> List<T> listOrNone(String name, Collection<T> values, int most) {
        return values == null || values.isEmpty() ? List.of() : list(name, values, most);
    }
}
