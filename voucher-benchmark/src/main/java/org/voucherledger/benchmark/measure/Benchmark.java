package org.voucherledger.benchmark.measure;

/**
 * One measurement: a picocli command whose name is that of the benchmark ({@code ./voucher bench hot}). It is run alone where
 * it is named, and after the others where none is; its options must have their values without a command line, too.
 */
@FunctionalInterface
public interface Benchmark {

    /** Measures; what is to be told is told by whoever asked, and the charts are drawn by it. */
    Figures measure(Effort effort);
}
