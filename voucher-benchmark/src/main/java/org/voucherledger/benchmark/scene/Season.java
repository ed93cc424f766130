package org.voucherledger.benchmark.scene;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.scene.City.Voucher;

/** Plays a city's season through the pipeline: one batch from its window to the settlement of every claim. */
public final class Season {

    public static final Instant OPENS = BenchClock.shanghai("2020-04-20T10:00");
    public static final Instant CLOSES = BenchClock.shanghai("2020-04-30T17:00");
    private static final int ALL_AT_ONCE = 2;

    /** What is timed by itself; granting includes the publication, from which on a voucher can be used. */
    public enum Phase {
        APPLY,
        GRANT,
        ORDER,
        PAY
    }

    private final Map<Phase, Long> took = new EnumMap<>(Phase.class);
    private final BenchLedger ledger;
    private final City city;
    private final int enterprises;

    public Season(BenchLedger ledger, City city, int enterprises) {
        this.ledger = ledger;
        this.city = city;
        this.enterprises = enterprises;
    }

    public void play() {
        found();
        run();
    }

    /** The scheme, the providers and the enterprises. */
    public void found() {
        ledger.clock().at("2020-04-01T09:00");
        city.founding().forEach(ledger::does);
    }

    /** Everything from the opening of the batch. */
    public void run() {
        List<Voucher> vouchers = grant(city.batch(1));
        ledger.clock().at("2020-05-06T09:00");
        timed(Phase.ORDER, () -> each(vouchers, city::orders));
        each(vouchers, city::confirmsOrder);
        each(vouchers, city::uploadsContract);
        each(vouchers, city::confirmsContract);
        ledger.clock().at("2020-05-25T09:00");
        timed(Phase.PAY, () -> each(vouchers, city::pays));
        each(vouchers, city::accepts);
        ledger.clock().at("2020-06-02T09:00");
        List<List<Voucher>> claims = city.claims(vouchers);
        each(claims, claim -> city.claims(city.batch(1), claim));
        each(claims, city::reviewsFirst);
        each(claims, city::reviewsFinally);
        each(claims, city::publishesClaim);
        ledger.clock().at("2020-06-12T09:00");
        each(claims, city::settles);
    }

    /** Opens the batch, has every enterprise apply, grants and publishes; the clock then stands behind the publication. */
    public List<Voucher> grant(String batchId) {
        ledger.does(city.opens(batchId, budget(enterprises), OPENS, CLOSES));
        ledger.clock().at("2020-04-20T10:00");
        timed(Phase.APPLY, () -> ledger.does(city.applications(batchId, 0, enterprises)));
        ledger.clock().at("2020-05-05T17:00");
        ledger.does(city.ends(batchId));
        // Each step decides a hundred applications; one more finds that there is nothing left.
        int steps = enterprises / 100 + ALL_AT_ONCE;
        timed(Phase.GRANT, () -> {
            whileThereIsMore(steps, step -> city.grants(batchId, step));
            whileThereIsMore(steps, step -> city.publishes(batchId, step));
        });
        return vouchers(batchId);
    }

    /** How long this phase took, in nanoseconds. */
    public long took(Phase phase) {
        return took.get(phase);
    }

    private void timed(Phase phase, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        took.put(phase, System.nanoTime() - begun);
    }

    /** Opens these batches, each with enough for so many applications; afterwards it is the moment at which their windows open. */
    public static void open(BenchLedger ledger, City city, int applications, List<String> batches) {
        ledger.clock().at("2020-04-01T09:00");
        ledger.does(batches.stream()
                .map(batch -> city.opens(batch, budget(applications), OPENS, CLOSES))
                .toList());
        ledger.clock().at("2020-04-20T10:00");
    }

    /** Enough for all of them. */
    public static long budget(int applications) {
        return applications * 2L * City.FACE_FEN;
    }

    private void whileThereIsMore(int most, Function<Integer, CommandRequest> step) {
        for (int n = 0; n < most; n++) {
            if (!ledger.does(step.apply(n)).contains("\"done\":true")) {
                continue;
            }
            return;
        }
        throw new IllegalStateException("not done after " + most + " steps");
    }

    private List<Voucher> vouchers(String batchId) {
        var vouchers = new ArrayList<Voucher>();
        ledger.sql()
                .query(
                        "select payload ->> 'enterpriseId', v from ledger.event,"
                                + " jsonb_array_elements_text(payload -> 'voucherIds') v"
                                + " where stream = ? and type = 'ApplicationGranted' order by position, v",
                        row -> {
                            vouchers.add(new Voucher(row.getString(2), row.getString(1), vouchers.size()));
                        },
                        "batch:" + batchId);
        return vouchers;
    }

    private <T> void each(List<T> all, Function<T, CommandRequest> request) {
        ledger.does(all.stream().map(request).toList());
    }
}
