package org.voucherledger.benchmark.plainjpa;

/** A rule said no: the transaction is rolled back. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refusal(String about) {
        super(about, null, false, false);
    }

    static void unless(boolean holds, String about) {
        if (!holds) {
            throw new Refusal(about);
        }
    }
}
