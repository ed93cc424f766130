package org.voucherledger.benchmark.evidence;

import java.nio.file.Path;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.LogCopies;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an auditor has to wait for, on a log of any length. */
@Command(
        name = "evidence",
        description = "Seals a long log and asks what an auditor would: past balances, proofs, verification.",
        mixinStandardHelpOptions = true)
public final class EvidenceBench implements Runnable {

    private static final int ENTERPRISES = 1_000;

    @Option(names = "--events", defaultValue = "1000000", description = "how long the log is made (${DEFAULT-VALUE})")
    private long events;

    @Option(
            names = "--scratch",
            defaultValue = "voucher-data",
            description = "where the scratch database lies (${DEFAULT-VALUE})")
    private Path scratch;

    @Override
    public void run() {
        try (BenchLedger ledger = BenchLedger.fresh(scratch)) {
            System.out.println(Machine.describe(ledger.sql()));
            long begun = System.nanoTime();
            new Season(ledger, new City(LogCopies.mark(0), ENTERPRISES), ENTERPRISES).play();
            System.out.printf("a season of %,d events in %.1f s%n", ledger.events(), (System.nanoTime() - begun) / 1e9);
            begun = System.nanoTime();
            LogCopies.make(ledger.sql(), events, made -> {});
            System.out.printf("copied to %,d events in %.1f s%n", ledger.events(), (System.nanoTime() - begun) / 1e9);
        }
    }
}
