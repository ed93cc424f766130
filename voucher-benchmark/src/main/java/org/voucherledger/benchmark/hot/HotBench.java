package org.voucherledger.benchmark.hot;

import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.plainaxon.PlainAxon;
import org.voucherledger.benchmark.plainjpa.PlainCity;
import org.voucherledger.benchmark.plainjpa.PlainJpa;
import org.voucherledger.benchmark.raw.CopyIn;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The 10:00 rush: a whole city applies to one batch at once, beside what PostgreSQL makes of the same rows and what is made of
 * the same task without lanes.
 */
@Command(
        name = "hot",
        description = "Applications to one batch, beside pgbench with the same rows, plain Axon and plain JPA.")
public final class HotBench implements Benchmark {

    private static final String LEDGER = "hot batch";
    private static final String ONE = "pgbench, 1 client";
    private static final String MANY = "pgbench, 32 clients";
    private static final String AXON = "plain Axon, 32 threads";
    private static final String JPA = "plain JPA, 32 threads";

    /** Whoever has come to so many of them is an enterprise with a past, and reading that is no part of a rush. */
    private static final int RUSHES = 8;

    @Option(names = "--applications", description = "in each round (10000; with --quick 2000)")
    private Integer applications;

    @Option(names = "--seconds", description = "that the others get in each round (5; with --quick 2)")
    private Integer seconds;

    @Override
    public Figures measure(Effort effort) {
        int many = effort.size(applications, 10_000, 2_000);
        int time = effort.size(seconds, 5, 2);
        int enterprises = RUSHES * many;
        var city = new City("Q000", enterprises);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch())) {
            var hot = new HotBatch(ledger, city, enterprises, many);
            var tables = PlainCity.found(ledger.sql(), city, many);
            String sample = hot.sample();
            try (var axon = new PlainAxon(ledger);
                    var jpa = PlainJpa.over(ledger.pool())) {
                var single = Pgbench.like(ledger, sample);
                var measured = new Rounds()
                        .with(ONE, () -> single.rate(1, time))
                        .with(MANY, () -> single.rate(32, time))
                        .with(
                                "pgbench, 100 rows a commit",
                                () -> Pgbench.like(ledger, sample, 100).rate(1, time))
                        .with(
                                "pgbench, 1000 rows a commit",
                                () -> Pgbench.like(ledger, sample, 1_000).rate(1, time))
                        .with("COPY", () -> CopyIn.like(ledger, sample).rate(many))
                        .with(AXON, () -> hot.of(axon, time))
                        .with(JPA, () -> hot.of(jpa, tables, time))
                        .with(LEDGER, hot::ofTheLedger)
                        .run(effort);
                var figures = new Figures(Machine.describe(ledger.sql()))
                        .with(new Chart("hot", "Applications to one batch", "commands/s", measured.bars()))
                        .with(measured.ratio("hotVsPgbench1", LEDGER, ONE, Aim.atLeast(3.5)))
                        .with(measured.ratio("hotVsPgbench32", LEDGER, MANY, Aim.atLeast(1)))
                        .with(measured.ratio("hotVsPlainAxon", LEDGER, AXON, Aim.atLeast(8)))
                        .with(measured.ratio("hotVsPlainJpa", LEDGER, JPA, Aim.atLeast(5)));
                return Pgbench.isThere() ? figures : figures.note(Pgbench.NOT_THERE);
            }
        }
    }
}
