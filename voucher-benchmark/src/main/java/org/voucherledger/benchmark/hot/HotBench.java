package org.voucherledger.benchmark.hot;

import java.util.List;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The 10:00 rush: a whole city applies to one batch at once, beside what PostgreSQL makes of the same rows. */
@Command(name = "hot", description = "Applications to one batch, beside pgbench with the same rows.")
public final class HotBench implements Benchmark {

    private static final String LEDGER = "hot batch";
    private static final String ONE = "pgbench, 1 client";
    private static final String MANY = "pgbench, 32 clients";
    private static final int SECONDS = 5;

    @Option(names = "--applications", description = "in each round (10000; with --quick 2000)")
    private Integer applications;

    private int batches = 1;

    @Override
    public Figures measure(Effort effort) {
        int each = effort.size(applications, 10_000, 2_000);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch())) {
            var city = new City("Q000", each);
            ledger.clock().at("2020-04-01T09:00");
            city.founding().forEach(ledger::does);
            var rush = new Rush(ledger, city);
            rush.rate(city.batch(batches++), Math.min(each, 100));
            var pgbench = Pgbench.like(ledger, "Q000-apply-" + city.batch(1) + "-1", 1);
            var measured = new Rounds()
                    .with(ONE, () -> pgbench.rate(1, SECONDS))
                    .with(MANY, () -> pgbench.rate(32, SECONDS))
                    .with(LEDGER, () -> rush.rate(city.batch(batches++), each))
                    .run(effort.rounds());
            return new Figures(Machine.describe(ledger.sql()))
                    .with(new Chart("hot", "Applications to one batch", "commands/s", measured.bars()))
                    .with(measured.ratio("hotVsPgbench1", LEDGER, ONE, Aim.atLeast(3.5)))
                    .with(measured.ratio("hotVsPgbench32", LEDGER, MANY, Aim.atLeast(1)));
        }
    }

    /** Opens a batch and lets everybody apply. */
    private record Rush(BenchLedger ledger, City city) {

        double rate(String batchId, int applications) {
            ledger.clock().at("2020-04-01T09:00");
            ledger.does(city.opens(batchId, Season.budget(applications), Season.OPENS, Season.CLOSES));
            ledger.clock().at("2020-04-20T10:00");
            List<CommandRequest> requests = city.applications(batchId, 0, applications);
            // Nobody was here a moment ago: the rush finds the parties cold.
            ledger.store().cache().removeAll();
            long begun = System.nanoTime();
            ledger.does(requests);
            return applications * 1e9 / (System.nanoTime() - begun);
        }
    }
}
