package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.voucherledger.api.season.Progress;
import org.voucherledger.api.season.Report;
import org.voucherledger.api.season.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher season}: plays the Guangzhou season of 2020 for a whole invented city, as the platform's backend would.
 * Ends with status 1 if the books do not balance or anything was answered otherwise than the rulebook says.
 */
@Command(
        name = "season",
        description = "Plays a whole Guangzhou season at a rehearsal ledger and prints the books.",
        mixinStandardHelpOptions = true)
final class SeasonCommand implements Callable<Integer> {

    /** Among fewer a small city's ordinary providers come to their caps too (GZ-21), which the season has no plan for. */
    private static final int FEWEST_PROVIDERS = 60;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--enterprises",
            paramLabel = "N",
            defaultValue = "3000",
            description = "How many (${DEFAULT-VALUE}; from " + Season.FEWEST_ENTERPRISES + ").")
    private int enterprises;

    @Option(
            names = "--providers",
            paramLabel = "N",
            defaultValue = "60",
            description = "How many (${DEFAULT-VALUE}; from " + FEWEST_PROVIDERS + ").")
    private int providers;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "2020",
            description = "The same seed gives the same books (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private RehearsalToPlayAt rehearsal;

    @Option(names = "--json", description = "Let the last line be one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        between("--enterprises", enterprises, Season.FEWEST_ENTERPRISES, Season.MOST_ENTERPRISES);
        between("--providers", providers, FEWEST_PROVIDERS, Season.MOST_PROVIDERS);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("A season of %,d enterprises and %,d providers, seed %d.%n", enterprises, providers, seed);
        try (SeasonLedger ledger = rehearsal.find("season", line -> say(out, line))) {
            Report report = Season.play(
                    ledger.url(),
                    ledger.tokens(),
                    new Season.Size(enterprises, providers, seed),
                    new Progress(out, Boolean.getBoolean("voucher.terminal")));
            report.print(out, ledger.replayOptions());
            if (json) {
                out.println(report.json());
                out.flush();
            }
            return report.isBalanced() && report.isAsExpected() ? 0 : 1;
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private void between(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
