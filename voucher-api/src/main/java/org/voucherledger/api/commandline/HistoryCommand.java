package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.voucherledger.api.commandline.LedgerToAsk.Answer;
import org.voucherledger.api.commandline.LedgerToAsk.Asking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher history}: tells the life of a voucher, batch, enterprise or whatever else has a stream (ALL-04), asked from
 * the running ledger, or from one that is started for the moment where none answers.
 */
@Command(
        name = "history",
        description = {
            "Tells every event of a stream: who, when, for whom, why, by which decisions, what it changed.",
            "With --as-of as it was told then, with --diff what became different between two moments."
        },
        mixinStandardHelpOptions = true)
final class HistoryCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PAGE = "limit=200";

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "STREAM",
            description = "kind:id, as batch:B1, enterprise:CODE, provider:CODE, claim:C1, scheme:ID,"
                    + " enterprisequota:SCHEME:CODE:YEAR; an id alone is a voucher's.")
    private String stream;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            description = "A position of the log, or an instant as 2020-05-06T09:00:00+08:00.")
    private String asOf;

    @Option(
            names = "--diff",
            arity = "2",
            paramLabel = "MOMENT",
            description = "What became different from the first moment to the second.")
    private List<String> between;

    @Mixin
    private LedgerToAsk ledger;

    @Option(names = "--json", description = "Print it as the ledger answers it, a page of the history a line.")
    private boolean json;

    @Override
    public void run() {
        if (asOf != null && between != null) {
            throw new ParameterException(spec.commandLine(), "--as-of and --diff exclude each other.");
        }
        PrintWriter out = spec.commandLine().getOut();
        String path = "/api/v1/history/" + encoded(stream.contains(":") ? stream : "voucher:" + stream);
        if (between == null) {
            ledger.ask(PATIENCE, asking -> tell(asking, path, out));
        } else {
            ledger.ask(PATIENCE, asking -> tellDifference(asking, path, out));
        }
        out.flush();
    }

    /** Page by page; those that follow are asked as of the first one's position, so that they belong together. */
    private Void tell(Asking asking, String path, PrintWriter out) {
        Answer page = ask(asking, path + "?" + PAGE + (asOf == null ? "" : "&asOf=" + encoded(asOf)));
        if (!json) {
            HistoryPage.printHead(page.json(), out);
        }
        print(page, out);
        for (String next = next(page); !next.isEmpty(); next = next(page)) {
            long position = page.json().path("position").asLong();
            page = ask(asking, path + "?" + PAGE + "&asOf=" + position + "&cursor=" + next);
            print(page, out);
        }
        return null;
    }

    private void print(Answer page, PrintWriter out) {
        if (json) {
            out.println(page.text());
        } else {
            HistoryPage.printSteps(page.json(), out);
        }
    }

    private static String next(Answer page) {
        return page.json().path("next").asString("");
    }

    private Void tellDifference(Asking asking, String path, PrintWriter out) {
        Answer answer = ask(asking, path + "/diff?from=" + encoded(between.get(0)) + "&to=" + encoded(between.get(1)));
        if (json) {
            out.println(answer.text());
        } else {
            HistoryPage.printDifference(answer.json(), out);
        }
        return null;
    }

    private static Answer ask(Asking asking, String path) {
        return asking.get(path).insistOnSuccess();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
