package org.voucherledger.projections.books;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.voucherledger.projections.projection.EventLog;
import org.voucherledger.projections.projection.Progress;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;

/**
 * Checks ALL-03 at every prefix of the log, from the raw events alone, and compares in the end with the books as they are kept.
 */
public final class BooksVerification {

    private record Shown(TrialBalance books, Map<AccountKey, Long> balances, Progress progress) {}

    private final Views views;
    private final Projections projections;
    private final Books books;
    private final EventLog log;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public BooksVerification(Views views, Projections projections, Books books, EventLog log) {
        this.views = views;
        this.projections = projections;
        this.books = books;
        this.log = log;
    }

    /**
     * Verifies the books as they stand once they have reached the head of the log; one at a time, because each reads the
     * whole log.
     *
     * @throws AlreadyVerifying if another verification is under way
     * @throws TimeoutException if they do not reach it in time
     */
    public Seen<Verification> verify() throws TimeoutException {
        if (!oneAtATime.tryLock()) {
            throw new AlreadyVerifying();
        }
        try {
            return verifyNow();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Seen<Verification> verifyNow() throws TimeoutException {
        long head = projections.positions().head();
        Seen<Shown> shown = views.read(
                head < 0 ? null : head,
                () -> new Shown(
                        books.all(), books.finest(), projections.positions().progress(BooksProjection.NAME)),
                BooksProjection.NAME);
        TrialBalance trial = shown.value().books();
        var check = new PrefixCheck();
        long began = System.nanoTime();
        long count = log.replay(shown.value().progress(), check::add);
        // If the log has grown meanwhile, what was read may have ended inside a command.
        if (projections.positions().head() == shown.position()) {
            check.ends();
        }
        long nanos = Math.max(1, System.nanoTime() - began);
        var differences = check.recomputed()
                .map(recomputed -> differences(shown.value().balances(), recomputed))
                .orElse(List.of());
        var violations = new ArrayList<>(trial.violations());
        violations.addAll(unlikeTheirBuckets(trial, shown.value().balances()));
        check.violation().ifPresent(first -> violations.add("position " + first.position() + ", " + first.sentence()));
        return new Seen<>(
                new Verification(
                        differences.isEmpty() && violations.isEmpty(),
                        count,
                        count * Duration.ofSeconds(1).toNanos() / nanos,
                        check.violation().orElse(null),
                        trial.fundFen(),
                        trial.budgetFen(),
                        differences,
                        List.copyOf(violations)),
                shown.position(),
                shown.asOf());
    }

    /** The books keep each balance twice, at its finest and by buckets; the one must be the sum of the other. */
    private static List<String> unlikeTheirBuckets(TrialBalance trial, Map<AccountKey, Long> balances) {
        var summed = new TreeMap<AccountKey, Long>();
        balances.forEach(
                (key, fen) -> summed.merge(new AccountKey("", key.batchId(), "", key.account()), fen, Long::sum));
        trial.entries()
                .forEach(entry -> summed.merge(
                        new AccountKey("", entry.batchId(), "", entry.account()), -entry.balanceFen(), Long::sum));
        return summed.entrySet().stream()
                .filter(e -> !e.getKey().batchId().isEmpty() && e.getValue() != 0)
                .map(e -> "%s: its accounts are %d fen more than its buckets".formatted(e.getKey(), e.getValue()))
                .toList();
    }

    private static List<Verification.Difference> differences(
            Map<AccountKey, Long> balances, Map<AccountKey, Long> computed) {
        var kept = new TreeMap<>(balances);
        kept.entrySet().removeIf(e -> !Recomputation.isKnown(e.getKey().account()) || e.getValue() == 0);
        var keys = new TreeSet<>(kept.keySet());
        keys.addAll(computed.keySet());
        return keys.stream()
                .filter(key -> !kept.getOrDefault(key, 0L).equals(computed.getOrDefault(key, 0L)))
                .map(key -> new Verification.Difference(
                        key.account(),
                        key.schemeId(),
                        key.batchId(),
                        key.owner(),
                        kept.getOrDefault(key, 0L),
                        computed.getOrDefault(key, 0L)))
                .toList();
    }
}
