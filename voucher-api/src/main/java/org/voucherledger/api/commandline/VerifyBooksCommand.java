package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./voucher books verify}: checks ALL-03 at every prefix of the log and compares the books with what the events say; 0
 * only if all of it holds.
 */
@Command(
        name = "verify",
        description = {
            "Checks at every prefix of the log that the books balance (ALL-03), by the events' amounts and by the domain's states,",
            "and compares the books that are shown with what was recomputed. Ends with 0 only if all of it holds."
        },
        mixinStandardHelpOptions = true)
final class VerifyBooksCommand implements Callable<Integer> {

    /** A log of ten million events is read from its first one. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Spec
    private CommandSpec spec;

    @Mixin
    private LedgerToAsk ledger;

    @Option(names = "--json", description = "Print it as the ledger answers it.")
    private boolean json;

    @Override
    public Integer call() {
        var answer = ledger.ask(
                        PATIENCE, asking -> asking.post("/api/v1/books/verification", "application/json", new byte[0]))
                .insistOnSuccess();
        JsonNode verified = answer.json();
        boolean balanced = verified.path("balanced").asBoolean(false);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.text());
        } else {
            print(verified, balanced, out);
        }
        out.flush();
        return balanced ? 0 : 1;
    }

    private static void print(JsonNode verified, boolean balanced, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d events checked, and the prefix that each ends; %,d events a second.%n",
                verified.path("events").asLong(0),
                verified.path("eventsPerSecond").asLong(0));
        String position = verified.path("position").asString("?");
        if (balanced) {
            out.println(
                    "ALL-03 holds at every position up to " + position + ", and the books are what the events say.");
            return;
        }
        out.println("THE BOOKS ARE WRONG, up to position " + position + ":");
        JsonNode first = verified.path("first");
        if (first.isObject()) {
            out.println("  first at position " + first.path("position").asString("?") + ": "
                    + first.path("sentence").asString(""));
        }
        String told = "position " + first.path("position").asString("") + ", ";
        verified.path("violations").forEach(words -> {
            if (!words.asString("").startsWith(told)) {
                out.println("  " + words.asString(""));
            }
        });
        for (JsonNode difference : verified.path("differences")) {
            out.printf(
                    Locale.ROOT,
                    "  %s %s %s %s: the books say %d fen, the events %d fen%n",
                    difference.path("account").asString(""),
                    difference.path("schemeId").asString(""),
                    difference.path("batchId").asString(""),
                    difference.path("owner").asString(""),
                    difference.path("booksFen").asLong(0),
                    difference.path("recomputedFen").asLong(0));
        }
    }
}
