package org.voucherledger.domain.command;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.voucherledger.domain.money.Fen;

/** What the fields of every command have in common; each method returns its value or throws {@link Malformed}. */
public final class Field {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_TEXT = 2_000;

    private Field() {}

    public static String id(String name, String value) {
        if (value == null || !IDENTIFIER.matcher(value).matches()) {
            throw new Malformed(name, "an identifier of 1 to 64 letters, digits, dots, dashes or underscores");
        }
        return value;
    }

    public static String text(String name, String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST_TEXT) {
            throw new Malformed(name, "a text of 1 to " + LONGEST_TEXT + " characters");
        }
        return value.strip();
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
