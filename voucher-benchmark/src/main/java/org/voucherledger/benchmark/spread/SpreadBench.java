package org.voucherledger.benchmark.spread;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.plainaxon.PlainAxon;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The opposite of a rush: as many batches as there are enterprises, and in each round one application to each, in no order. */
@Command(name = "spread", description = "Applications to thousands of batches, beside pgbench with the same rows.")
public final class SpreadBench implements Benchmark {

    private static final String LEDGER = "many batches";
    private static final String MANY = "pgbench, 32 clients";
    private static final String AXON = "plain Axon, 32 threads";
    private static final long SEED = 20_200_420;

    /** More than there will ever be applications to one of them. */
    private static final int APPLICATIONS_OF_A_BATCH = 100;

    @Option(names = "--batches", description = "and as many enterprises (10000; with --quick 1000)")
    private Integer batches;

    @Option(names = "--seconds", description = "that the others get in each round (5; with --quick 2)")
    private Integer seconds;

    private int turn;

    @Override
    public Figures measure(Effort effort) {
        int many = effort.size(batches, 10_000, 1_000);
        int time = effort.size(seconds, 5, 2);
        var city = new City("Q000", many);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch());
                var axon = new PlainAxon(ledger)) {
            ledger.clock().at("2020-04-01T09:00");
            city.founding().forEach(ledger::does);
            ledger.does(IntStream.rangeClosed(1, many)
                    .mapToObj(n -> city.opens(
                            city.batch(n), Season.budget(APPLICATIONS_OF_A_BATCH), Season.OPENS, Season.CLOSES))
                    .toList());
            ledger.clock().at("2020-04-20T10:00");
            List<CommandRequest> first = applications(city, many);
            ledger.does(first);
            var pgbench = Pgbench.like(ledger, first.getLast().idempotencyKey());
            var measured = new Rounds()
                    .with(MANY, () -> pgbench.rate(32, time))
                    .with(AXON, () -> axon.rate(applications(city, many), time))
                    .with(LEDGER, () -> {
                        List<CommandRequest> requests = applications(city, many);
                        long begun = System.nanoTime();
                        ledger.does(requests);
                        return many * 1e9 / (System.nanoTime() - begun);
                    })
                    .run(effort);
            var figures = new Figures(Machine.describe(ledger.sql()))
                    .with(new Chart("spread", "Applications to many batches", "commands/s", measured.bars()))
                    .with(measured.ratio("spreadVsPgbench32", LEDGER, MANY, Aim.atLeast(1)))
                    .with(measured.ratio("spreadVsPlainAxon", LEDGER, AXON, null));
            return Pgbench.isThere() ? figures : figures.note(Pgbench.NOT_THERE);
        }
    }

    /** One to each batch, from another enterprise in each turn. */
    private List<CommandRequest> applications(City city, int many) {
        int shift = turn++;
        List<CommandRequest> applications = IntStream.range(0, many)
                .mapToObj(n -> city.applies(city.batch(1 + (n + shift) % many), n, City.SMALL_FACE_FEN))
                .collect(Collectors.toList());
        Collections.shuffle(applications, new Random(SEED + shift));
        return applications;
    }
}
