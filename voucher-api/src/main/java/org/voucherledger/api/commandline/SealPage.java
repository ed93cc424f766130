package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.api.seal.SealReport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a verification of the sealed log found, for the console. */
final class SealPage {

    private static final int SHOWN = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SealPage() {}

    static String json(SealReport report) {
        ObjectNode object = JSON.valueToTree(report);
        object.put("holds", report.holds());
        object.put("leavesPerSecond", report.perSecond());
        return JSON.writeValueAsString(object);
    }

    static void print(SealReport report, PrintWriter out) {
        out.printf(
                "%,d leaves (%,d events, %,d refusals) and %,d checkpoints, in %.1f s: %,d leaves a second.%n",
                report.leaves(),
                report.events(),
                report.refusals(),
                report.checkpoints(),
                report.took().toMillis() / 1000.0,
                report.perSecond());
        if (report.unsealed() > 0) {
            out.printf("%,d more are not sealed yet; nothing can be said of them.%n", report.unsealed());
        }
        if (report.key() == null) {
            out.println("Nothing has been sealed.");
            return;
        }
        report.begunAnew()
                .forEach(begun -> out.printf(
                        "BEGUN ANEW at %s as %s: of %s %,d leaves hold; what it had signed beyond, up to %,d leaves, is given up."
                                + " Because: %s%n",
                        begun.at(),
                        begun.key(),
                        begun.after(),
                        begun.holds(),
                        begun.givenUp(),
                        Visible.of(begun.reason())));
        out.println("Signed with " + report.key()
                + (report.keyFromDatabase()
                        ? ", which the database itself says: whoever changed it could have changed the key."
                        : "."));
        if (report.holds()) {
            out.println("Everything is as it was sealed.");
            return;
        }
        out.printf("NOT AS IT WAS SEALED: %,d findings.%n", report.found());
        report.findings().stream().limit(SHOWN).forEach(finding -> print(finding, out));
        if (report.found() > SHOWN) {
            out.printf("... and %,d more.%n", report.found() - SHOWN);
        }
    }

    private static void print(Finding finding, PrintWriter out) {
        out.println("  " + finding.kind() + ": " + Visible.of(finding.words()) + ";");
        if (isOfAPlace(finding)) {
            out.println("    " + since(finding.after(), finding.until()));
        }
    }

    /** A key and a declared break are those of the log, and a checkpoint that somebody brought along is of none. */
    private static boolean isOfAPlace(Finding finding) {
        return switch (finding.kind()) {
            case KEY, BREAK -> false;
            case CHECKPOINT -> finding.table() != null;
            default -> true;
        };
    }

    private static String since(Signed after, Signed until) {
        if (until == null) {
            return after == null
                    ? "no checkpoint covers it."
                    : "no checkpoint covers it; the last one has " + said(after) + ".";
        }
        return "it was as it was sealed in the checkpoint of " + said(until)
                + (after == null ? ", the first." : "; the one before it has " + said(after) + ".");
    }

    private static String said(Signed checkpoint) {
        return "%,d leaves, signed at %s".formatted(checkpoint.leaves(), checkpoint.at());
    }
}
