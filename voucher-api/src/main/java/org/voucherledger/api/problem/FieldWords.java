package org.voucherledger.api.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in Chinese what must be done about a field; kept as data, because the English stands where the field is checked. */
public final class FieldWords {

    private static final List<Phrase> PHRASES = phrases();

    private FieldWords() {}

    /** The Chinese of it; what has none stays English, which is better than nothing. */
    public static String inChinese(String english) {
        for (Phrase phrase : PHRASES) {
            Matcher matcher = phrase.english().matcher(english);
            if (matcher.matches()) {
                return phrase.filled(matcher);
            }
        }
        return english;
    }

    static boolean knows(String english) {
        return PHRASES.stream()
                .anyMatch(phrase -> phrase.english().matcher(english).matches());
    }

    private record Phrase(Pattern english, String chinese) {

        static Phrase of(String line) {
            String[] sides = line.split(" \\| ");
            String pattern =
                    Pattern.quote(sides[0]).replace("#", "\\E(\\d+)\\Q").replace("*", "\\E(.*)\\Q");
            return new Phrase(Pattern.compile(pattern, Pattern.DOTALL), sides[1]);
        }

        String filled(Matcher matcher) {
            String text = chinese;
            for (int group = 1; group <= matcher.groupCount(); group++) {
                text = text.replaceFirst("[#*]", Matcher.quoteReplacement(matcher.group(group)));
            }
            return text;
        }
    }

    private static List<Phrase> phrases() {
        try (InputStream file = FieldWords.class.getResourceAsStream("/problem/fields.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" | ") && !line.startsWith("#"))
                    .map(Phrase::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
