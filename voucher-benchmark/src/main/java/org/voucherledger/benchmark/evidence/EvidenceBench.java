package org.voucherledger.benchmark.evidence;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.voucherledger.api.evidence.FileBooks;
import org.voucherledger.api.seal.LedgerMoment;
import org.voucherledger.api.seal.LedgerMoment.Asked;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.api.seal.SealVerification;
import org.voucherledger.api.seal.SealVerification.Known;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Samples;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.LogCopies;
import org.voucherledger.benchmark.scene.Season;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.evidence.BundleWriter;
import org.voucherledger.projections.sealedlog.NoteKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an auditor has to wait for, on a log of any length. Times are of this machine; what they grow by is what counts. */
@Command(
        name = "evidence",
        description = "Seals a long log and asks what an auditor would: past balances, proofs, verification.")
public final class EvidenceBench implements Benchmark {

    private static final int QUESTIONS = 500;
    private static final int PIPE = 1 << 20;
    private static final long SEED = 20_200_401;

    @Option(
            names = "--enterprises",
            description = "whose season is copied until the log is long enough (1000; with --quick 100)")
    private Integer enterprises;

    @Option(names = "--events", description = "how long the log is made (1000000; with --quick 50000)")
    private Integer events;

    @Option(
            names = "--exported",
            description = "up to which position it is exported and verified offline (500000; with --quick 50000)")
    private Integer exported;

    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Override
    public Figures measure(Effort effort) {
        int citizens = effort.size(enterprises, 1_000, 100);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch())) {
            String machine = Machine.describe(ledger.sql());
            rate("a season played", () -> {
                new Season(ledger, new City(LogCopies.mark(0), citizens), citizens).play();
                return ledger.events();
            });
            long seed = ledger.events();
            rate("copied", () -> {
                LogCopies.make(ledger, effort.size(events, 1_000_000, 50_000), made -> {});
                return ledger.events() - seed;
            });
            figures.put("events", ledger.events());
            try (Audited audited = new Audited(ledger)) {
                figures.put("booksPerSecond", rate("books kept", () -> {
                    audited.keepBooks();
                    return ledger.events();
                }));
                figures.put("sealedPerSecond", rate("sealed", () -> {
                    audited.startSealing();
                    audited.seal();
                    return ledger.events();
                }));
                audited.stopSealing();
                ledger.asOwner("analyze");
                pastBalances(ledger, audited, citizens);
                proofs(ledger, audited);
                figures.put("verifiedInPlacePerSecond", rate("verified in the database", () -> inPlace(ledger)));
                figures.put(
                        "verifiedOfflinePerSecond",
                        rate(
                                "exported and verified offline",
                                () -> offline(ledger, effort.size(exported, 500_000, 50_000))));
            }
            var found = new Figures(machine);
            figures.forEach(found::with);
            return found;
        }
    }

    private interface Work {
        long done();
    }

    private static double rate(String what, Work work) {
        long begun = System.nanoTime();
        long events = work.done();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT, "%-32s %,12d events in %,8.1f s, %,10.0f /s%n", what, events, seconds, events / seconds);
        return Math.round(events / seconds);
    }

    /** Each question at a position of its own, anywhere in the log. */
    private void pastBalances(BenchLedger ledger, Audited audited, int citizens) {
        long head = ledger.events();
        var city = new City(LogCopies.mark(0), citizens);
        Map<String, Scope> scopes = new LinkedHashMap<>();
        scopes.put("ledger", Scope.LEDGER);
        scopes.put("city", Scope.city("广州市"));
        scopes.put("district", Scope.district("广州市", "天河区"));
        scopes.put("scheme", Scope.scheme(city.scheme()));
        scopes.put("batch", Scope.batch(city.batch(1)));
        scopes.put("provider", Scope.provider(city.provider(1)));
        scopes.put("enterprise", Scope.enterprise(city.enterprise(1)));
        Map<String, Double> medians = new LinkedHashMap<>();
        scopes.forEach((name, scope) -> {
            var random = new Random(SEED);
            var samples = Samples.of(QUESTIONS, turn -> audited.books().of(scope, 1 + random.nextLong(head)));
            System.out.println("past balance of the " + name + ": " + samples);
            medians.put(name, samples.medianMillis());
        });
        figures.put("pastBalanceMillis", medians);
    }

    private void proofs(BenchLedger ledger, Audited audited) {
        var newest = audited.log().before(Long.MAX_VALUE, 1).get(0);
        var random = new Random(SEED);
        long[] bytes = {0};
        LongFunction<String> proof =
                leaf -> audited.log().inclusion(leaf, newest).written();
        var samples = Samples.of(
                QUESTIONS,
                turn -> bytes[0] = Math.max(
                        bytes[0], proof.apply(random.nextLong(newest.size())).length()));
        System.out.println("inclusion proof in a tree of " + newest.size() + ": " + samples + "; at most " + bytes[0]
                + " characters with its checkpoint");
        var consistency = Samples.of(
                QUESTIONS, turn -> audited.log().consistency(1 + random.nextLong(newest.size()), newest.size()));
        System.out.println("consistency proof: " + consistency);
        figures.put("proofCharacters", bytes[0]);
        figures.put("proofMillis", samples.medianMillis());
        figures.put("consistencyMillis", consistency.medianMillis());
    }

    private long inPlace(BenchLedger ledger) {
        try (Connection connection = snapshot(ledger)) {
            var report = SealVerification.verify(connection, new Known(Optional.of(key(ledger)), List.of()));
            if (!report.holds()) {
                throw new IllegalStateException(report.toString());
            }
            return ledger.events();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Written by one thread and checked by another, as if over a wire; what lies in between is never kept. */
    private long offline(BenchLedger ledger, long exported) {
        long upTo = Math.min(exported, ledger.events());
        try (Connection connection = snapshot(ledger);
                var out = new PipedOutputStream();
                var in = new PipedInputStream(out, PIPE)) {
            var moment = LedgerMoment.of(connection, new Asked.Position(upTo), Instant.now());
            var written = CompletableFuture.runAsync(() -> {
                try (out) {
                    BundleWriter.write(out, org.voucherledger.projections.evidence.Scope.LEDGER, moment);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var findings = BundleVerification.of(in, key(ledger), List.of(), new FileBooks());
            written.join();
            if (!findings.hold()) {
                throw new IllegalStateException(findings.toString());
            }
            return upTo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection snapshot(BenchLedger ledger) throws SQLException {
        Connection connection = ledger.pool().getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private static NoteKey key(BenchLedger ledger) {
        return SealKey.read(SealKey.in(ledger.directory())).orElseThrow().publicKey();
    }
}
