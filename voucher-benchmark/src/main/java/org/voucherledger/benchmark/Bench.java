package org.voucherledger.benchmark;

import org.voucherledger.benchmark.evidence.EvidenceBench;
import org.voucherledger.benchmark.evidence.SealingBench;
import org.voucherledger.benchmark.rush.RushBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./voucher bench} understands: each measurement is a subcommand and prints its own figures. */
@Command(
        name = "bench",
        description = "Measures the ledger, side by side with what it is built upon.",
        mixinStandardHelpOptions = true,
        subcommands = {EvidenceBench.class, RushBench.class, SealingBench.class})
public final class Bench implements Runnable {

    private Bench() {}

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** 0 if it went well, 2 if the arguments cannot be understood, 1 otherwise. */
    public static int run(String... arguments) {
        return new CommandLine(new Bench()).setUsageHelpAutoWidth(true).execute(arguments);
    }

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
