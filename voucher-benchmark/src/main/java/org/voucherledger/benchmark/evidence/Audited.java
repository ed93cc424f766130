package org.voucherledger.benchmark.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.seal.BooksGuard;
import org.voucherledger.api.seal.SealStatus;
import org.voucherledger.api.seal.SealedLog;
import org.voucherledger.api.seal.Sealer;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.books.BooksWatch;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Views;

/** The books and the sealed log over a benchmark's ledger, as the program runs them, and nothing else. */
public final class Audited implements AutoCloseable {

    /** A checkpoint each so many leaves: a long log is signed in steps, as it would have been while it grew. */
    private static final long LEAVES_OF_A_CHECKPOINT = 50_000;

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofMillis(200);

    private final BenchLedger ledger;
    private final LedgerStore readers;
    private final Projections projections;
    private final Books books;
    private final BooksWatch watch;
    private final SealedLog log;
    private Sealer sealer;

    public Audited(BenchLedger ledger) {
        this.ledger = ledger;
        var transactions = new JdbcTransactionManager(ledger.pool());
        this.readers = LedgerStore.over(ledger.pool(), transactions, Ledger.AGGREGATES);
        this.projections = new Projections(
                List.of(new BooksProjection()), ledger.pool(), transactions, readers.events(), readers.serializer());
        var views = new Views(projections, ledger.pool(), transactions, SOON);
        this.books = new Books(ledger.pool());
        this.watch = new BooksWatch(views, projections, books);
        this.log = new SealedLog(ledger.pool(), transactions);
        ledger.store().events().wakes(readers.events());
        projections.start();
    }

    public Books books() {
        return books;
    }

    SealedLog log() {
        return log;
    }

    /** Returns when the books show everything. */
    public void keepBooks() {
        try {
            projections.positions().awaitAtLeast(BooksProjection.NAME, ledger.events(), A_DAY);
        } catch (TimeoutException never) {
            throw new IllegalStateException(never);
        }
        watch.standing().violation().ifPresent(violation -> {
            throw new IllegalStateException("the books do not balance: " + violation);
        });
    }

    void startSealing() {
        sealer = Sealer.over(
                ledger.pool()::getConnection,
                ledger.directory(),
                () -> {
                    var standing = watch.standing();
                    return new BooksGuard.Balance(standing.balancedUpTo(), standing.violation());
                },
                LEAVES_OF_A_CHECKPOINT,
                SOON,
                InstantSource.system());
        sealer.start();
    }

    void stopSealing() {
        sealer.close();
    }

    /** Returns when everything is sealed. */
    void seal() {
        long leaves = ledger.number("select (select count(*) from ledger.domain_event)"
                + " + (select count(*) from ledger.command_answer where outcome = 'REFUSED')");
        Instant until = Instant.now().plus(A_DAY);
        while (sealer.status().leaves() < leaves) {
            if (sealer.status().phase() == SealStatus.Phase.HALTED
                    || Instant.now().isAfter(until)) {
                throw new IllegalStateException(sealer.status().toString());
            }
            LockSupport.parkNanos(SOON.toNanos() / 10);
        }
    }

    @Override
    public void close() {
        if (sealer != null) {
            sealer.close();
        }
        projections.close();
        readers.events().shutDown();
    }
}
