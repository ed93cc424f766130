package org.voucherledger.api.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.voucherledger.api.problem.Problem.Text;

/** What refusals are about, in words: kept as data, so that whoever speaks with clerks can improve them. */
final class Facts {

    private static final Pattern BAR = Pattern.compile("\\s*\\|\\s*");
    private static final Map<String, Text> FACTS = facts();
    private static final Map<String, String> CHINESE = Map.copyOf(read("/problem/words.properties"));

    private Facts() {}

    /** The fact in words, or {@code null} for one that has none. */
    static Text words(String about) {
        return FACTS.get(about);
    }

    static Set<String> names() {
        return FACTS.keySet();
    }

    /** A word, or a list of words in brackets, in Chinese; what has no Chinese stays as it is. */
    static String inChinese(String words) {
        if (words.startsWith("[") && words.endsWith("]")) {
            String[] entries = words.substring(1, words.length() - 1).split(", ");
            for (int i = 0; i < entries.length; i++) {
                entries[i] = CHINESE.getOrDefault(entries[i], entries[i]);
            }
            return String.join("、", entries);
        }
        return CHINESE.getOrDefault(words, words);
    }

    private static Map<String, Text> facts() {
        Map<String, Text> facts = new TreeMap<>();
        read("/problem/facts.properties").forEach((name, text) -> {
            String[] languages = BAR.split(text);
            facts.put(name, new Text(languages[0], languages[1]));
        });
        return facts;
    }

    private static Map<String, String> read(String resource) {
        Properties properties = new Properties();
        try (InputStream file = Facts.class.getResourceAsStream(resource)) {
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> read = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }
}
