package org.voucherledger.projections.projection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How far the serving copies were when somebody last looked. Whoever asks while there is news, or when the last look is too
 * old to tell, looks for all; whoever asks meanwhile is told what is known. So a crowd of waiting readers takes one
 * connection from the writers, and not one each.
 */
final class LastLook {

    /** @param news of which the look knew, or {@code -1} before the first */
    private record Look(Map<String, Progress> served, long news, long atNanos) {}

    private final Supplier<Map<String, Progress>> looking;
    private final LongSupplier news;
    private final long freshNanos;
    private final ReentrantLock oneLooks = new ReentrantLock();
    private volatile Look last = new Look(Map.of(), -1, 0);

    /**
     * @param looking reads how far each projection's serving copy is
     * @param news counts whatever this instance has told; others tell as well, of which nothing is heard here
     * @param fresh how long a look counts while there is no news
     */
    LastLook(Supplier<Map<String, Progress>> looking, LongSupplier news, Duration fresh) {
        this.looking = looking;
        this.news = news;
        this.freshNanos = fresh.toNanos();
    }

    Progress of(String projection) {
        if (isOld() && oneLooks.tryLock()) {
            try {
                if (isOld()) {
                    long now = System.nanoTime();
                    long known = news.getAsLong();
                    last = new Look(looking.get(), known, now);
                }
            } finally {
                oneLooks.unlock();
            }
        }
        return last.served().getOrDefault(projection, Progress.NONE);
    }

    private boolean isOld() {
        Look look = last;
        return look.news() != news.getAsLong() || System.nanoTime() - look.atNanos() > freshNanos;
    }
}
