package org.voucherledger.benchmark.evidence;

import java.util.List;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What sealing costs the command path: the same commands with the sealer running and without it, in turns. */
@Command(name = "sealing", description = "Applications with sealing on and off, in turns; the books are kept in both.")
public final class SealingBench implements Benchmark {

    private static final String OFF = "sealing off";
    private static final String ON = "sealing on";

    @Option(names = "--applications", description = "in each round (10000; with --quick 2000)")
    private Integer applications;

    private int batches = 1;

    @Override
    public Figures measure(Effort effort) {
        int each = effort.size(applications, 10_000, 2_000);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch());
                Audited audited = new Audited(ledger)) {
            var city = new City("Q000", each);
            ledger.clock().at("2020-04-01T09:00");
            city.founding().forEach(ledger::does);
            var measured = new Rounds()
                    .with(OFF, () -> applied(ledger, audited, city, each))
                    .with(ON, () -> {
                        audited.startSealing();
                        try {
                            audited.keepBooks();
                            audited.seal();
                            return applied(ledger, audited, city, each);
                        } finally {
                            audited.stopSealing();
                        }
                    })
                    .run(effort);
            return new Figures(Machine.describe(ledger.sql()))
                    .with(new Chart("sealing", "Applications beside the sealer", "commands/s", measured.bars()))
                    .with(measured.ratio("sealingOnVsOff", ON, OFF, null));
        }
    }

    /** What happened before has been posted, and sealed, so that only what happens meanwhile counts. */
    private double applied(BenchLedger ledger, Audited audited, City city, int applications) {
        audited.keepBooks();
        String batch = city.batch(batches++);
        Season.open(ledger, city, applications, List.of(batch));
        List<CommandRequest> requests = city.applications(batch, 0, applications);
        long begun = System.nanoTime();
        ledger.does(requests);
        return applications * 1e9 / (System.nanoTime() - begun);
    }
}
