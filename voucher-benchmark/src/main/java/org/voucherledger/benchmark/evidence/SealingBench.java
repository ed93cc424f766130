package org.voucherledger.benchmark.evidence;

import java.nio.file.Path;
import java.util.List;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What sealing costs the command path: the same commands with the sealer running and without it, in turns. */
@Command(
        name = "sealing",
        description = "Applications with sealing on and off, in turns; the books are kept in both.",
        mixinStandardHelpOptions = true)
public final class SealingBench implements Runnable {

    private static final String OFF = "sealing off";
    private static final String ON = "sealing on";

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
        try (BenchLedger ledger = BenchLedger.fresh(scratch);
                Audited audited = new Audited(ledger)) {
            System.out.println(Machine.describe(ledger.sql()));
            var city = new City("Q000", applications);
            ledger.clock().at("2020-04-01T09:00");
            city.founding().forEach(ledger::does);
            var measured = new Rounds()
                    .with(OFF, () -> applied(ledger, audited, city))
                    .with(ON, () -> {
                        audited.startSealing();
                        try {
                            audited.keepBooks();
                            audited.seal();
                            return applied(ledger, audited, city);
                        } finally {
                            audited.stopSealing();
                        }
                    })
                    .run(rounds);
            List.of(OFF, ON).forEach(name -> System.out.println(measured.line(name)));
            System.out.printf("sealingOnVsOff %.3f%n", measured.ratio(ON, OFF));
        }
    }

    /** What happened before has been posted, and sealed, so that only what happens meanwhile counts. */
    private double applied(BenchLedger ledger, Audited audited, City city) {
        audited.keepBooks();
        String batch = city.batch(batches++);
        ledger.clock().at("2020-04-01T09:00");
        ledger.does(city.opens(batch, Season.budget(applications), Season.OPENS, Season.CLOSES));
        ledger.clock().at("2020-04-20T10:00");
        List<CommandRequest> requests = city.applications(batch, 0, applications);
        long begun = System.nanoTime();
        ledger.does(requests);
        return applications * 1e9 / (System.nanoTime() - begun);
    }
}
