package org.voucherledger.benchmark.fair;

import java.util.concurrent.TimeUnit;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.scene.BenchLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whoever comes to another batch does not wait for the whole city in front of them. */
@Command(name = "fair", description = "How long applications to other batches wait while a whole city applies to one.")
public final class FairBench implements Benchmark {

    private static final String RUSH = "to the rushed batch, 99%";
    private static final String OTHERS = "to other batches, 99%";
    private static final double MILLIS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NEARLY_ALL = 99;

    @Option(
            names = "--applications",
            description = "to the rushed batch in each round (10000; with --quick 2000; at most 12000)")
    private Integer applications;

    @Override
    public Figures measure(Effort effort) {
        int many = effort.size(applications, 10_000, 2_000);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch())) {
            var rush = new RushAmongOthers(ledger, many);
            var measured = new Rounds()
                    .with(RUSH, () -> rush.run().getValueAtPercentile(NEARLY_ALL) / MILLIS)
                    .with(OTHERS, () -> rush.others().getValueAtPercentile(NEARLY_ALL) / MILLIS)
                    .run(effort);
            return new Figures(Machine.describe(ledger.sql()))
                    .with(new Chart("fair", "Waiting during a rush on one batch", "ms", measured.bars()))
                    .with(measured.ratio("othersVsRush", OTHERS, RUSH, null));
        }
    }
}
