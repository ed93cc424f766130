package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.Comparator;
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

/** Recomputes the books from the raw events and says whether they agree and balance (ALL-03). */
public final class BooksVerification {

    /** An account that both sides know. */
    record Key(String schemeId, String batchId, String owner, Account account) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::schemeId)
                .thenComparing(Key::batchId)
                .thenComparing(Key::owner)
                .thenComparing(Key::account);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Shown(TrialBalance books, List<BookEntry> entries, Progress progress) {}

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
                        books.all(), books.entries(), projections.positions().progress(BooksProjection.NAME)),
                BooksProjection.NAME);
        TrialBalance trial = shown.value().books();
        var recomputation = new Recomputation();
        long count = log.replay(shown.value().progress(), recomputation::add);
        var differences = differences(shown.value().entries(), recomputation);
        var violations = new ArrayList<>(trial.violations());
        // If the log has grown meanwhile, the books may have stood inside a transaction; only their equations count
        // then.
        if (projections.positions().head() == shown.position()) {
            violations.addAll(recomputation.batchesThatDisagree().values());
        }
        return new Seen<>(
                new Verification(
                        differences.isEmpty() && violations.isEmpty(),
                        count,
                        trial.fundFen(),
                        trial.budgetFen(),
                        differences,
                        List.copyOf(violations)),
                shown.position(),
                shown.asOf());
    }

    private static List<Verification.Difference> differences(List<BookEntry> entries, Recomputation recomputation) {
        Map<Key, Long> kept = new TreeMap<>();
        for (BookEntry entry : entries) {
            boolean known = !entry.account().isOrigin()
                    && entry.account() != Account.REPAID
                    && entry.account() != Account.WAIVED
                    && entry.account() != Account.PROVED;
            if (known && entry.balanceFen() != 0) {
                kept.put(
                        new Key(entry.schemeId(), entry.batchId(), entry.owner(), entry.account()), entry.balanceFen());
            }
        }
        Map<Key, Long> computed = recomputation.balances();
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
