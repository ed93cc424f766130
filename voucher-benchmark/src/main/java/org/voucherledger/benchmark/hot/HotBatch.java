package org.voucherledger.benchmark.hot;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.plainaxon.PlainAxon;
import org.voucherledger.benchmark.plainjpa.Caller;
import org.voucherledger.benchmark.plainjpa.PlainCity;
import org.voucherledger.benchmark.plainjpa.PlainJpa;
import org.voucherledger.benchmark.plainjpa.VoucherService;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;

/** The same rush, each time at a batch of its own: at the ledger, at the plain Axon path, at the plain service. */
public final class HotBatch {

    private static final long SEED = 20_200_420;

    private final BenchLedger ledger;
    private final City city;
    private final int applications;
    private final int enterprises;
    private int batches;
    private int applied;

    /** @param enterprises of the city; where they are more than the applications of a rush, others come to the next one */
    public HotBatch(BenchLedger ledger, City city, int enterprises, int applications) {
        this.ledger = ledger;
        this.city = city;
        this.enterprises = enterprises;
        this.applications = applications;
        ledger.clock().at("2020-04-01T09:00");
        city.founding().forEach(ledger::does);
    }

    /** The key of a command like all the others: no batch is new to it. */
    String sample() {
        List<CommandRequest> few = rush(10);
        ledger.does(few);
        return few.getLast().idempotencyKey();
    }

    public double ofTheLedger() {
        List<CommandRequest> requests = rush(applications);
        // Nobody was here a moment ago: the rush finds the parties cold.
        ledger.store().cache().removeAll();
        long begun = System.nanoTime();
        ledger.does(requests);
        return applications * 1e9 / (System.nanoTime() - begun);
    }

    double of(PlainAxon plain, int seconds) {
        return plain.rate(rush(applications), seconds);
    }

    double of(PlainJpa plain, PlainCity tables, int seconds) {
        String batchId = city.batch(++batches);
        tables.opens(batchId, Season.budget(applications));
        return plain.rate(PlainAxon.THREADS, inNoOrder(applications), seconds, (service, n) -> {
            String enterprise = city.enterprise(n);
            service.apply(
                    new Caller("handler-of-" + enterprise, enterprise, "apply-" + batchId + "-" + n),
                    batchId,
                    new VoucherService.Apply(
                            enterprise, 2 * City.SMALL_FACE_FEN, List.of(City.SMALL_FACE_FEN, City.SMALL_FACE_FEN)));
        });
    }

    /** Nobody comes in the order of the indexes: that would spare them from being looked up. */
    public static List<Integer> inNoOrder(int many) {
        List<Integer> numbers = IntStream.range(0, many).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(SEED));
        return numbers;
    }

    /** At a batch that has just opened. */
    private List<CommandRequest> rush(int many) {
        String batchId = city.batch(++batches);
        Season.open(ledger, city, many, List.of(batchId));
        int first = applied;
        applied += many;
        return inNoOrder(many).stream()
                .map(n -> city.applies(batchId, (first + n) % enterprises, City.SMALL_FACE_FEN))
                .toList();
    }
}
