package org.voucherledger.benchmark.growth;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.benchmark.evidence.Audited;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Samples;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.LogCopies;
import org.voucherledger.benchmark.scene.Season;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.books.Scope;

/** A ledger with a log of a certain length, and a city in it that has applied for nothing yet. */
final class Grown implements AutoCloseable {

    /** Four characters that no copied city has. */
    private static final String MEASURED = "G000";

    /** After whatever the first city has done: the ledger's time does not go back. */
    private static final Instant OPENS = Instant.parse("2020-06-20T02:00:00Z");

    private static final Instant CLOSES = Instant.parse("2020-06-30T09:00:00Z");
    private static final int QUESTIONS = 100;
    private static final long SEED = 20_200_401;
    /** Their season is about ten thousand events, and all ledgers have the same. */
    private static final int ENTERPRISES = 260;

    private final BenchLedger ledger;
    private final Audited audited;
    private final City measured;
    private final int commands;
    private final City grown;
    private final List<String> vouchers;
    private final Random random = new Random(SEED);
    private int batches = 1;

    private Grown(BenchLedger ledger, City grown, City measured, int commands) {
        this.ledger = ledger;
        this.grown = grown;
        this.measured = measured;
        this.commands = commands;
        this.audited = new Audited(ledger);
        audited.keepBooks();
        this.vouchers = ledger.texts("select aggregate_identifier from ledger.domain_event"
                + " where payload_type = 'VoucherAccepted' order by global_index limit 1000");
    }

    /** @param commands in each measurement of one */
    static Grown to(long events, int commands, Path scratch) {
        BenchLedger ledger = BenchLedger.fresh(scratch);
        try {
            var grown = new City(LogCopies.mark(0), ENTERPRISES);
            new Season(ledger, grown, ENTERPRISES).play();
            // All in the same year, so that what is measured comes after none of them.
            LogCopies.make(ledger, events, 0, made -> {});
            var measured = new City(MEASURED, commands);
            ledger.clock().at("2020-06-15T09:00");
            measured.founding().forEach(ledger::does);
            return new Grown(ledger, grown, measured, commands);
        } catch (RuntimeException failed) {
            ledger.close();
            throw failed;
        }
    }

    String machine() {
        return Machine.describe(ledger.sql());
    }

    /** Everybody applies to a batch that is just open, and nobody was here a moment ago. */
    double microsOfACommand() {
        String batch = measured.batch(batches++);
        ledger.does(measured.opens(batch, Season.budget(commands), OPENS, CLOSES));
        ledger.clock().at("2020-06-20T10:00");
        List<CommandRequest> requests = measured.applications(batch, 0, commands);
        ledger.store().cache().removeAll();
        long begun = System.nanoTime();
        ledger.does(requests);
        return (System.nanoTime() - begun) / 1e3 / commands;
    }

    /** The batch of the first city, which has granted and been paid; from its stream, without any cache. */
    double millisToLoadABatch() {
        return Samples.of(QUESTIONS, turn -> {
                    var events = ledger.store().events().readEvents("batch:" + grown.batch(1));
                    BatchState state = BatchState.EMPTY;
                    while (events.hasNext()) {
                        state = state.evolve((BatchEvent) events.next().getPayload());
                    }
                    if (state.opened() == null) {
                        throw new IllegalStateException("no such batch");
                    }
                })
                .medianMillis();
    }

    /** What an auditor does: one voucher, from its first event to its last. */
    double millisToReplayAVoucher() {
        return Samples.of(QUESTIONS, turn -> {
                    var events = ledger.store().events().readEvents(vouchers.get(random.nextInt(vouchers.size())));
                    VoucherState state = VoucherState.EMPTY;
                    while (events.hasNext()) {
                        state = state.evolve((VoucherEvent) events.next().getPayload());
                    }
                    if (state.issue() == null) {
                        throw new IllegalStateException("no such voucher");
                    }
                })
                .medianMillis();
    }

    /** Of the whole ledger, at positions anywhere in its log. */
    double millisOfAPastBalance() {
        audited.keepBooks();
        long head = ledger.events();
        return Samples.of(QUESTIONS, turn -> audited.books().of(Scope.LEDGER, 1 + random.nextLong(head)))
                .medianMillis();
    }

    @Override
    public void close() {
        audited.close();
        ledger.close();
    }
}
