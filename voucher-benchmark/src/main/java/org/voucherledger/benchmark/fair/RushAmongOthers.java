package org.voucherledger.benchmark.fair;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.hot.HotBatch;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;

/**
 * Everybody applies to one batch in the same moment, and while they wait somebody comes to one of some other batches every few
 * milliseconds, whether or not the one before has been answered.
 */
final class RushAmongOthers {

    private static final int MOST = 12_000;
    private static final int OTHER_BATCHES = 20;
    private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int DIGITS = 3;

    private final BenchLedger ledger;
    private final City city;
    private final int many;
    private final int mostOthers;
    private int batches;
    private Histogram others;

    RushAmongOthers(BenchLedger ledger, int many) {
        if (many > MOST) {
            throw new IllegalArgumentException("the queue has room for a rush of " + MOST + ", not of " + many);
        }
        this.ledger = ledger;
        this.many = many;
        this.mostOthers = many / 4;
        this.city = new City("Q000", many + mostOthers);
        ledger.clock().at("2020-04-01T09:00");
        city.founding().forEach(ledger::does);
    }

    /** How long those of the rush waited, in nanoseconds. */
    Histogram run() {
        List<String> calm = Stream.generate(() -> city.batch(++batches))
                .limit(OTHER_BATCHES)
                .toList();
        Season.open(ledger, city, mostOthers, calm);
        String rushed = city.batch(++batches);
        Season.open(ledger, city, many, List.of(rushed));
        // Nobody was here a moment ago.
        ledger.store().cache().removeAll();
        List<CommandRequest> rush = HotBatch.inNoOrder(many).stream()
                .map(n -> city.applies(rushed, n, City.SMALL_FACE_FEN))
                .toList();
        var waited = new ConcurrentHistogram(DIGITS);
        others = new ConcurrentHistogram(DIGITS);
        long begun = System.nanoTime();
        var all = CompletableFuture.allOf(
                rush.stream().map(request -> waits(request, begun, waited)).toArray(CompletableFuture[]::new));
        var calmly = new ArrayList<CompletableFuture<?>>();
        for (int n = 0; n == 0 || n < mostOthers && !all.isDone(); n++) {
            long due = begun + n * BETWEEN;
            LockSupport.parkNanos(due - System.nanoTime());
            String batch = calm.get(n % OTHER_BATCHES);
            calmly.add(waits(city.applies(batch, many + n, City.SMALL_FACE_FEN), due, others));
        }
        all.join();
        calmly.forEach(CompletableFuture::join);
        return waited;
    }

    /** How long those who came to other batches in the last run waited, in nanoseconds. */
    Histogram others() {
        return others;
    }

    private CompletableFuture<?> waits(CommandRequest request, long since, Histogram waited) {
        return ledger.submit(request).thenAccept(answer -> {
            BenchLedger.accepted(answer);
            waited.recordValue(Math.max(0, System.nanoTime() - since));
        });
    }
}
