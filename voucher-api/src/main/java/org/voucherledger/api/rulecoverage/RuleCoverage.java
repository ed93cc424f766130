package org.voucherledger.api.rulecoverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where each rule of the rulebook lives in this repository: the places that decide it, the tests that prove it, the refusals
 * and the recorded effects that it gives. Read from the sources, so that it can never be older than they are.
 *
 * <p>A place decides a rule if it makes a decision under the rule's constant. A rule that refuses nothing (a priority, a
 * report) is decided by the one type or method marked with {@code @Carries}; a second mark, or one beside a decision, leaves
 * open which of them it is, so that the rule counts as missing. A test proves a rule if its display name carries the ID.
 * Comments decide and prove nothing, and a range of rules ("from GZ-01 to GZ-04") stands for none of those in between.
 */
public final class RuleCoverage {

    private static final String ID = "(?:GZ|CL|CV|SV|ALL)-\\d\\d";
    private static final String CONSTANT = "((?:GZ|CL|CV|SV|ALL)_\\d\\d)";

    private static final Pattern RULE = Pattern.compile("\\*\\*(" + ID + ")\\b([^*]*)\\*\\*");
    private static final Pattern DECISION = Pattern.compile("\\b(?:Rule\\.)?" + CONSTANT
            + "\\s*\\.(?:holds|finds|before|notBefore|fits|atMost|isOneOf)\\(\\s*(?:Check\\.)?[A-Z_]+,\\s*\"(\\w+)\"");
    private static final Pattern STATE = Pattern.compile(
            "\\b(?:dossier|batch|pass|claim)(?:\\.now\\(\\))?\\.is(?:Service|Consumption)?In\\(\\s*(?:\\w+ \\? (?:Rule\\.)?"
                    + CONSTANT + " : )?(?:Rule\\.)?" + CONSTANT);
    private static final Pattern NAMED = Pattern.compile("\\b" + ID + "\\b");
    private static final Pattern CARRIED = Pattern.compile("@Carries\\(([^)]*)\\)");
    private static final Pattern NAMED_CONSTANT = Pattern.compile("\\b" + CONSTANT + "\\b");
    /** Behind the mark: other annotations, then a type with its name, or what stands before the parameters of a method. */
    private static final Pattern MARKED =
            Pattern.compile("(?:\\s*@\\w+(?:\\((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^()\"])*\\))?)*"
                    + "[^({]*?\\b(?:(?:record|class|interface|enum)\\s+(\\w+)|(\\w+)\\s*\\()");

    private static final Pattern TEST = Pattern.compile(
            "@DisplayName\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)\\)"
                    + "(?:(?!@DisplayName).)*?\\b(?:void|DynamicTest|Stream<\\w+>|\\S+) (\\w+)\\(",
            Pattern.DOTALL);

    private final Map<String, Covered> rules = new TreeMap<>();

    private RuleCoverage() {}

    /**
     * Reads the repository.
     *
     * @param repository the directory with the modules and {@code docs/reference/rulebook.md}
     */
    public static RuleCoverage of(Path repository) {
        var coverage = new RuleCoverage();
        Matcher rule = RULE.matcher(read(repository.resolve("docs/reference/rulebook.md")));
        while (rule.find()) {
            coverage.rules.putIfAbsent(
                    rule.group(1), new Covered(rule.group(1), rule.group(2).strip()));
        }
        for (Path module : List.of(
                repository.resolve("voucher-domain"),
                repository.resolve("voucher-projections"),
                repository.resolve("voucher-api"))) {
            for (Path source : javaFiles(module.resolve("src/main/java"))) {
                // The list of the rules and this reader of it name every rule and decide none.
                if (!source.endsWith("rule/Rule.java") && !source.toString().contains("rulecoverage")) {
                    coverage.program(repository.relativize(source), SchemeSpecificLines.withoutComments(source));
                }
            }
            for (Path test : javaFiles(module.resolve("src/test/java"))) {
                coverage.test(test, SchemeSpecificLines.withoutComments(test));
            }
        }
        return coverage;
    }

    public List<Covered> rules() {
        return List.copyOf(rules.values());
    }

    public List<Covered> missing() {
        return rules().stream().filter(rule -> !rule.isCovered()).toList();
    }

    private void program(Path file, String source) {
        Matcher decision = DECISION.matcher(source);
        while (decision.find()) {
            Covered rule = of(decision.group(1).replace('_', '-'));
            if (rule != null) {
                rule.decides(file, line(source, decision.start()));
                rule.refuses(decision.group(2));
            }
        }
        Matcher state = STATE.matcher(source);
        while (state.find()) {
            for (int group = 1; group <= 2; group++) {
                Covered rule = state.group(group) == null
                        ? null
                        : of(state.group(group).replace('_', '-'));
                if (rule != null) {
                    rule.decides(file, line(source, state.start()));
                    rule.refuses(source.startsWith("dossier", state.start()) ? "VoucherStatus" : "BatchPhase");
                }
            }
        }
        Matcher carried = CARRIED.matcher(source);
        while (carried.find()) {
            Matcher marked = MARKED.matcher(source).region(carried.end(), source.length());
            if (!marked.lookingAt()) {
                throw new IllegalStateException(file + " marks nothing with " + carried.group());
            }
            String name = marked.group(1) == null ? marked.group(2) : marked.group(1);
            Matcher constant = NAMED_CONSTANT.matcher(carried.group(1));
            while (constant.find()) {
                Covered rule = of(constant.group(1).replace('_', '-'));
                if (rule != null) {
                    rule.carries(file, line(source, carried.start()), name);
                }
            }
        }
    }

    private void test(Path file, String source) {
        Matcher test = TEST.matcher(source);
        String className = file.getFileName().toString().replace(".java", "");
        while (test.find()) {
            for (Covered rule : named(test.group(1))) {
                rule.proves(className + "." + test.group(2));
            }
        }
    }

    /** The rules that a text names, each by its own ID. */
    private List<Covered> named(String text) {
        return NAMED.matcher(text)
                .results()
                .map(name -> of(name.group()))
                .filter(rule -> rule != null)
                .toList();
    }

    private Covered of(String id) {
        return rules.get(id);
    }

    private static int line(String source, int at) {
        return (int) source.substring(0, at).lines().count();
    }

    private static List<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
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
