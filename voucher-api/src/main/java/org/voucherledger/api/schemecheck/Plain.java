package org.voucherledger.api.schemecheck;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.time.Shanghai;

/** Figures of a scheme as a clerk reads them: yuan, percent, Beijing time, names instead of constants. */
final class Plain {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK_TO_THE_SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final Properties NAMES = names();

    private Plain() {}

    /** Whole yuan without a fraction, to the fen where there is one. */
    static Words yuan(long fen) {
        String digits = fen % 100 == 0
                ? String.format(Locale.ROOT, "%,d", fen / 100)
                : String.format(Locale.ROOT, "%,d.%02d", fen / 100, fen % 100);
        return Words.of(digits + " 元", digits + " yuan");
    }

    static String percent(int basisPoints) {
        return new BigDecimal(basisPoints).movePointLeft(2).stripTrailingZeros().toPlainString() + "%";
    }

    /** An instant on Beijing's clock. */
    static Words moment(Instant at) {
        var there = at.atZone(Shanghai.ZONE);
        boolean onTheMinute = there.getSecond() == 0 && there.getNano() == 0;
        String text = (onTheMinute ? CLOCK : CLOCK_TO_THE_SECOND).format(there);
        return Words.of("北京时间 " + text, text + " Beijing time");
    }

    static String day(LocalDate day) {
        return day.toString();
    }

    /** A constant in words; one that has several meanings is named with its type. */
    static Words name(Enum<?> constant) {
        String own = constant.getDeclaringClass().getSimpleName() + "." + constant.name();
        return name(NAMES.containsKey(own) ? own : constant.name());
    }

    static Words name(String constant) {
        String[] languages =
                NAMES.getProperty(constant, constant + " | " + constant).split("\\s*\\|\\s*");
        return Words.of(languages[0], languages[1]);
    }

    static boolean knows(Enum<?> constant) {
        return NAMES.containsKey(constant.name())
                || NAMES.containsKey(constant.getDeclaringClass().getSimpleName() + "." + constant.name());
    }

    /** Names one after the other; those of a set in the order of their constants. */
    static <E extends Enum<E>> Words names(Collection<E> constants) {
        return joined(constants.stream().sorted().map(Plain::name).toList(), Function.identity());
    }

    static <T> Words joined(Collection<T> things, Function<T, Words> words) {
        var each = things.stream().map(words).toList();
        return Words.of(
                String.join("、", each.stream().map(Words::zh).toList()),
                String.join(", ", each.stream().map(Words::en).toList()));
    }

    private static Properties names() {
        try (var file = new InputStreamReader(
                Plain.class.getResourceAsStream("/schemecheck/words.properties"), StandardCharsets.UTF_8)) {
            var names = new Properties();
            names.load(file);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
