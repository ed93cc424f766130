package org.voucherledger.benchmark.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/** Times of the same thing done many times, in nanoseconds, sorted. */
public record Samples(long[] nanos) {

    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    public Samples {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** @param task is told which turn it is */
    public static Samples of(int turns, IntConsumer task) {
        return new Samples(LongStream.range(0, turns)
                .map(turn -> {
                    long begun = System.nanoTime();
                    task.accept((int) turn);
                    return System.nanoTime() - begun;
                })
                .toArray());
    }

    public double medianMillis() {
        return millis(0.5);
    }

    public double millis(double quantile) {
        return nanos[(int) Math.min(nanos.length - 1L, Math.round(quantile * (nanos.length - 1)))]
                / NANOS_OF_A_MILLISECOND;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %.2f ms, p99 %.2f ms, worst %.2f ms of %d",
                medianMillis(),
                millis(0.99),
                millis(1),
                nanos.length);
    }
}
