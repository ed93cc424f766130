package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.voucherledger.api.season.Progress;
import org.voucherledger.api.season.Rush;
import org.voucherledger.api.season.RushReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher rush}: how long a batch takes that everybody applies to at once. Ends with status 1 if an application has
 * not the decision record that it must have, or the books do not balance.
 */
@Command(
        name = "rush",
        description = {
            "Lets invented enterprises apply to one batch at its opening instant, grants and publishes it at a rehearsal",
            "ledger, and prints how long each phase took."
        },
        mixinStandardHelpOptions = true)
final class RushCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--applications",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many, one an enterprise (${DEFAULT-VALUE}).")
    private int applications;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "2020",
            description = "The same seed gives the same enterprises and amounts (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private RehearsalToPlayAt rehearsal;

    @Option(names = "--json", description = "Let the last line be one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (applications < Rush.FEWEST_APPLICATIONS || applications > Rush.MOST_APPLICATIONS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--applications must be from " + Rush.FEWEST_APPLICATIONS + " to " + Rush.MOST_APPLICATIONS
                            + ", not " + applications);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf("A batch of %,d applications, seed %d.%n", applications, seed);
        try (SeasonLedger ledger = rehearsal.find("rush", line -> say(out, line))) {
            RushReport report = Rush.play(
                    ledger.url(),
                    ledger.tokens(),
                    applications,
                    seed,
                    new Progress(out, Boolean.getBoolean("voucher.terminal")));
            report.print(out);
            if (json) {
                say(out, report.json());
            }
            return report.isDecided() && report.isBalanced() ? 0 : 1;
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
