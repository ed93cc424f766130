package org.voucherledger.benchmark.bulk;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import org.voucherledger.domain.batch.BatchCommand;

/** A batch for which there is money for everybody; each round plays it anew on an empty log. */
final class BigBatch {

    /** What the sample decides: with its answer 1,001 rows, because each application makes four. */
    private static final int SAMPLE = 250;

    static final int ROWS_OF_SAMPLE = 4 * SAMPLE + 1;

    /** Of an application with two vouchers: granted, the quota charged, two issued. */
    static final double ROWS_OF_A_VOUCHER = 2;

    private final BenchLedger ledger;
    private final City city;
    private final int applications;
    private final String batch;

    BigBatch(BenchLedger ledger, int applications) {
        this.ledger = ledger;
        this.city = new City("Q000", applications);
        this.applications = applications;
        this.batch = city.batch(1);
    }

    /** The key of a step of granting whose rows are those of all others. */
    String sample() {
        CommandRequest step = city.grants(batch, 0, SAMPLE);
        everybodyApplies();
        ledger.does(step);
        return step.idempotencyKey();
    }

    /** Rows a second, answers counted. */
    double granted() {
        everybodyApplies();
        // A queue of a hundred thousand is longer than what is kept in memory.
        ledger.store().cache().removeAll();
        long before = ledger.events();
        long begun = System.nanoTime();
        int steps = untilDone(step -> city.grants(batch, step, BatchCommand.MOST_AT_ONCE));
        double seconds = (System.nanoTime() - begun) / 1e9;
        return (ledger.events() - before + steps) / seconds;
    }

    /** Vouchers a second, of the batch that was granted last. */
    double recovered() {
        untilDone(step -> city.publishes(batch, step));
        ledger.clock().at("2020-06-08T00:00");
        List<CommandRequest> recoveries = ledger
                .texts("select split_part(aggregate_identifier, ':', 2) from ledger.domain_event"
                        + " where payload_type = 'VoucherIssued' order by global_index")
                .stream()
                .map(city::recovers)
                .toList();
        ledger.store().cache().removeAll();
        long begun = System.nanoTime();
        ledger.does(recoveries);
        return recoveries.size() * 1e9 / (System.nanoTime() - begun);
    }

    private void everybodyApplies() {
        ledger.startOver();
        ledger.clock().at("2020-04-01T09:00");
        city.founding().forEach(ledger::does);
        ledger.does(city.opens(batch, Season.budget(applications), Season.OPENS, Season.CLOSES));
        ledger.clock().at("2020-04-20T10:00");
        ledger.does(city.applications(batch, 0, applications));
        ledger.clock().at("2020-05-05T17:00");
        ledger.does(city.ends(batch));
    }

    /** As a whole run over HTTP does it: two steps are under way as long as the next one is not the last. */
    private int untilDone(IntFunction<CommandRequest> step) {
        var underWay = new ArrayDeque<CompletableFuture<Answer>>();
        int submitted = 0;
        for (int until = 1, steps = 1; steps <= applications; steps++) {
            while (submitted < until) {
                underWay.add(ledger.submit(step.apply(submitted++)));
            }
            String result = BenchLedger.accepted(underWay.remove().join());
            if (result.contains("\"done\":true")) {
                return steps;
            }
            until = steps + (result.contains("\"beyondNext\":true") ? 2 : 1);
        }
        throw new IllegalStateException("not done after " + applications + " steps");
    }
}
