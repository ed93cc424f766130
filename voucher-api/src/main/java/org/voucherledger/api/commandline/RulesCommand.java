package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.voucherledger.api.rulecoverage.Covered;
import org.voucherledger.api.rulecoverage.RuleCoverage;
import org.voucherledger.api.rulecoverage.SchemeSpecificLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./voucher rules}: where each rule is decided, which tests prove it, what it refuses or records, and which lines of the
 * program are about one scheme only.
 */
@Command(
        name = "rules",
        description =
                "Prints for each rule of the rulebook where it is decided, which tests prove it and what it gives, and counts the lines that are about one scheme only.",
        mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {

    private static final int MOST_TESTS_SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Let the last line be one JSON object.")
    private boolean json;

    /** Said by the script that starts the program, which knows where it stands. */
    @Option(
            names = "--repository",
            paramLabel = "DIR",
            defaultValue = "${sys:voucher.root:-.}",
            description = "Where the sources are.",
            hidden = true)
    private Path repository;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(repository.resolve("docs/reference/rulebook.md"))) {
            throw new CannotRun("There are no sources in "
                    + repository.toAbsolutePath().normalize() + ": the rules are read from a clone of the repository.");
        }
        RuleCoverage coverage = RuleCoverage.of(repository);
        PrintWriter out = spec.commandLine().getOut();
        coverage.rules().forEach(rule -> print(rule, out));
        List<String> missing = coverage.missing().stream().map(Covered::id).toList();
        long decided = coverage.rules().stream().filter(Covered::isDecided).count();
        long proved = coverage.rules().stream().filter(Covered::isProved).count();
        out.printf("%n%d rules, %d decided, %d proved.%n", coverage.rules().size(), decided, proved);
        if (!missing.isEmpty()) {
            out.println("Missing: " + String.join(", ", missing));
        }
        List<SchemeSpecificLines.Line> specific = SchemeSpecificLines.of(repository);
        out.printf("Lines of scheme-specific code: %d.%n", specific.size());
        specific.forEach(line -> out.println("  " + line));
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("total", coverage.rules().size());
            line.put("decided", decided);
            line.put("proved", proved);
            line.put("missing", missing);
            line.put("schemeSpecificLines", specific.size());
            out.println(JsonMapper.shared().writeValueAsString(line));
        }
        out.flush();
        return missing.isEmpty() && specific.isEmpty() ? 0 : 1;
    }

    private static void print(Covered rule, PrintWriter out) {
        out.printf("%n%s %s%n", rule.id(), rule.title());
        print("decided", rule.decided(), rule.decided().size(), out);
        print("proved", rule.tests(), MOST_TESTS_SHOWN, out);
        print("refuses", rule.refusals(), rule.refusals().size(), out);
        if (rule.refusals().isEmpty()) {
            print("gives", rule.effects(), rule.effects().size(), out);
        }
    }

    private static void print(String what, List<String> entries, int most, PrintWriter out) {
        if (entries.isEmpty()) {
            return;
        }
        String more = entries.size() > most ? ", and " + (entries.size() - most) + " more" : "";
        out.printf("  %-8s %s%s%n", what, String.join(", ", entries.subList(0, Math.min(most, entries.size()))), more);
    }
}
