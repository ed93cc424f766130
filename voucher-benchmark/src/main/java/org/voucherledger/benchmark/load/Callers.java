package org.voucherledger.benchmark.load;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** So many threads that each do one thing after the other, for one kind of service that answers when it is done. */
public final class Callers {

    private Callers() {}

    /** How much was done, and in how long. */
    public record Done(long calls, long nanos) {
        public double perSecond() {
            return calls * 1e9 / nanos;
        }
    }

    /**
     * Ends when everything is done, or when the time is up and what was begun by then is done.
     *
     * @param call done with each of them once, in the order of the list where there is one thread
     */
    public static <T> Done call(int threads, Iterable<T> all, long seconds, Consumer<T> call) {
        Iterator<T> next = all.iterator();
        var calls = new LongAdder();
        long begun = System.nanoTime();
        long until = begun + TimeUnit.SECONDS.toNanos(seconds);
        try (ExecutorService running = Executors.newFixedThreadPool(threads)) {
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                callers.add(CompletableFuture.runAsync(
                        () -> {
                            for (T one = taken(next, until); one != null; one = taken(next, until)) {
                                call.accept(one);
                                calls.increment();
                            }
                        },
                        running));
            }
            callers.forEach(CompletableFuture::join);
        }
        return new Done(calls.sum(), System.nanoTime() - begun);
    }

    private static <T> T taken(Iterator<T> next, long until) {
        synchronized (next) {
            return System.nanoTime() < until && next.hasNext() ? next.next() : null;
        }
    }
}
