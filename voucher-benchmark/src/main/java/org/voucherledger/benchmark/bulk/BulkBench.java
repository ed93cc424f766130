package org.voucherledger.benchmark.bulk;

import java.util.List;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is done to a hundred thousand at a time: a queue is granted, what nobody used is recovered, a list is imported. */
@Command(
        name = "bulk",
        description = "A whole queue granted beside inserts of the same rows; vouchers recovered; parties imported.")
public final class BulkBench implements Benchmark {

    private static final String INSERTS = "pgbench, 1000 rows a commit";
    private static final String GRANT = "grant of a whole queue";
    private static final String RECOVERY = "vouchers recovered";
    private static final String IMPORT = "parties imported";

    @Option(names = "--applications", description = "in each round (10000; with --quick 2000)")
    private Integer applications;

    @Option(names = "--parties", description = "imported in each round (10000; with --quick 2000)")
    private Integer parties;

    @Option(names = "--seconds", description = "that the inserts get in each round (5; with --quick 2)")
    private Integer seconds;

    @Override
    public Figures measure(Effort effort) {
        int many = effort.size(applications, 10_000, 2_000);
        int rows = effort.size(parties, 10_000, 2_000);
        int time = effort.size(seconds, 5, 2);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch())) {
            var batch = new BigBatch(ledger, many);
            var inserts = Pgbench.like(ledger, batch.sample());
            var measured = new Rounds()
                    .with(INSERTS, () -> inserts.rate(1, time) * BigBatch.ROWS_OF_SAMPLE)
                    .with(GRANT, batch::granted)
                    .with(RECOVERY, batch::recovered)
                    .with(IMPORT, () -> PartyList.imported(effort.scratch(), rows))
                    .run(effort);
            var figures = new Figures(Machine.describe(ledger.sql()))
                    .with(new Chart(
                            "bulk-grant",
                            "A whole queue granted, beside inserts of the same rows",
                            "rows/s",
                            List.of(measured.bar(INSERTS), measured.bar(GRANT))))
                    .with(new Chart(
                            "bulk-others",
                            "Recovery at the domain, and an import over HTTP, file and views included",
                            "/s",
                            List.of(measured.bar(RECOVERY), measured.bar(IMPORT))))
                    .with(measured.ratio("bulkGrantVsInsert1000", GRANT, INSERTS, Aim.atLeast(0.6)))
                    .with("vouchersGrantedPerSecond", Math.round(measured.median(GRANT) / BigBatch.ROWS_OF_A_VOUCHER))
                    .with("vouchersRecoveredPerSecond", Math.round(measured.median(RECOVERY)))
                    .with("partiesImportedPerSecond", Math.round(measured.median(IMPORT)));
            return Pgbench.isThere() ? figures : figures.note(Pgbench.NOT_THERE);
        }
    }
}
