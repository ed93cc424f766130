package org.voucherledger.api.rulecoverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines of the program that are about one scheme (ALL-01): those that name what a scheme file says of itself. Read from the
 * sources and the scheme files that come with the program.
 *
 * <p>The words are each file's own name and its place, its {@code schemeId}, its titles, its authority and the place of that, its
 * cities and regions, and its amounts of six digits or more on lines that speak of fen; shorter numbers, and those of other things,
 * are too common to be anybody's. Comments do not count, nor what invents a city to rehearse with: the season, the rush and the invented enterprises.
 */
public final class SchemeSpecificLines {

    /** @param word of a scheme file that the line names */
    public record Line(String file, int line, String word) {
        @Override
        public String toString() {
            return file + ":" + line + " names " + word;
        }
    }

    private static final String SCHEMES = "voucher-api/src/main/resources/schemes";
    private static final List<String> MODULES = List.of("voucher-domain", "voucher-projections", "voucher-api");

    private static final Pattern REHEARSES =
            Pattern.compile(".*/season/[^/]+|.*/commandline/(?:Season|Rush|InventedEnterprises)[^/]*");
    private static final Pattern NAMED =
            Pattern.compile("(?m)(?:^schemeId|^ {2}zh|^ {2}en|^authority|\\{name|region):\\s*([^\\n,}]+)");
    private static final Pattern FIGURE = Pattern.compile("\\w*Fen:\\s*(\\d{6,})");
    private static final Pattern PLACE = Pattern.compile("(\\p{IsHan}{2,4}?)[省市]");
    private static final Pattern KIND = Pattern.compile("service|cloud|consumption|example|\\d+");
    private static final Pattern LITERAL_OR_COMMENT = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|//[^\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern SQL_COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private SchemeSpecificLines() {}

    /** @param repository the directory with the modules */
    public static List<Line> of(Path repository) {
        Pattern words = words(repository.resolve(SCHEMES));
        var found = new ArrayList<Line>();
        for (String module : MODULES) {
            for (Path source : files(repository.resolve(module + "/src/main"), SchemeSpecificLines::isCode)) {
                String name = repository.relativize(source).toString().replace('\\', '/');
                if (!REHEARSES.matcher(name).matches()) {
                    String[] lines = withoutComments(source).split("\n", -1);
                    for (int i = 0; i < lines.length; i++) {
                        // A figure may be written in groups of digits.
                        Matcher word = words.matcher(lines[i].replaceAll("(?<=\\d)_(?=\\d)", ""));
                        if (word.find()) {
                            found.add(new Line(name, i + 1, word.group()));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static Pattern words(Path schemes) {
        var words = new TreeSet<String>();
        for (Path scheme : files(schemes, file -> file.toString().endsWith(".yaml"))) {
            String stem = scheme.getFileName().toString().replace(".yaml", "");
            words.add(Pattern.quote(stem));
            for (String part : stem.split("-")) {
                if (!KIND.matcher(part).matches()) {
                    words.add(Pattern.quote(part));
                }
            }
            String text = read(scheme);
            Matcher named = NAMED.matcher(text);
            while (named.find()) {
                add(named.group(1).strip(), words);
            }
            Matcher figure = FIGURE.matcher(text);
            while (figure.find()) {
                String number = "(?<!\\d)" + figure.group(1) + "(?!\\d)";
                words.add("(?<=fen.{0,200})" + number + "|" + number + "(?=.*fen)");
            }
        }
        if (words.isEmpty()) {
            throw new IllegalStateException("there are no scheme files in " + schemes);
        }
        return Pattern.compile(String.join("|", words), Pattern.CASE_INSENSITIVE);
    }

    /** The name, and the place that it begins with: 广州市工业和信息化局 names 广州, too. */
    private static void add(String name, TreeSet<String> words) {
        if (name.toLowerCase(Locale.ROOT).equals("null")) {
            return;
        }
        words.add(Pattern.quote(name));
        Matcher place = PLACE.matcher(name.replaceFirst("^\\d+年", ""));
        if (place.lookingAt()) {
            words.add(Pattern.quote(place.group(1)));
        }
    }

    private static boolean isCode(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".sql");
    }

    /** As long as before: a comment leaves its line breaks behind, so that the lines keep their numbers. */
    static String withoutComments(Path source) {
        Pattern pattern = source.toString().endsWith(".sql") ? SQL_COMMENT : LITERAL_OR_COMMENT;
        return pattern.matcher(read(source)).replaceAll(part -> {
            String text = part.group();
            boolean comment = text.startsWith("/") || text.startsWith("--");
            return Matcher.quoteReplacement(comment ? text.replaceAll("[^\\n]", "") : text);
        });
    }

    private static List<Path> files(Path directory, Predicate<Path> wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the sources cannot be read: " + directory, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: " + file, e);
        }
    }
}
