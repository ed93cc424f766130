package org.voucherledger.benchmark.rush;

import java.nio.file.Path;
import java.util.List;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The 10:00 rush: a whole city applies to one batch at once, beside what PostgreSQL makes of the same rows. */
@Command(
        name = "rush",
        description = "Applications to one batch, beside pgbench with the same rows.",
        mixinStandardHelpOptions = true)
public final class RushBench implements Runnable {

    private static final String LEDGER = "hot batch";
    private static final String ONE = "pgbench, 1 client";
    private static final String MANY = "pgbench, 32 clients";
    private static final int SECONDS = 5;

    @Option(names = "--applications", defaultValue = "10000", description = "in each round (${DEFAULT-VALUE})")
    private int applications;

    @Option(names = "--rounds", defaultValue = "5", description = "that are counted (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--scratch",
            defaultValue = "voucher-data",
            description = "where the scratch database lies (${DEFAULT-VALUE})")
    private Path scratch;

    private int batches = 1;

    @Override
    public void run() {
        try (BenchLedger ledger = BenchLedger.fresh(scratch)) {
            System.out.println(Machine.describe(ledger.sql()));
            var city = new City("Q000", applications);
            ledger.clock().at("2020-04-01T09:00");
            city.founding().forEach(ledger::does);
            var rush = new Rush(ledger, city);
            rush.rate(city.batch(batches++), 100);
            var pgbench = Pgbench.like(ledger, "Q000-apply-" + city.batch(1) + "-1", 1);
            var measured = new Rounds()
                    .with(ONE, () -> pgbench.rate(1, SECONDS))
                    .with(MANY, () -> pgbench.rate(32, SECONDS))
                    .with(LEDGER, () -> rush.rate(city.batch(batches++), applications))
                    .run(rounds);
            List.of(ONE, MANY, LEDGER).forEach(name -> System.out.println(measured.line(name)));
            System.out.printf(
                    "hotVsPgbench1 %.2f  hotVsPgbench32 %.2f%n",
                    measured.ratio(LEDGER, ONE), measured.ratio(LEDGER, MANY));
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
