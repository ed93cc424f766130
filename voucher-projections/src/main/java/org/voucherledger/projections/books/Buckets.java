package org.voucherledger.projections.books;

/**
 * How the positions of the log are parted. A past balance reads the postings of one bucket at most; with smaller buckets there is
 * less to read and more to keep.
 *
 * @param size positions in a bucket
 */
record Buckets(long size) {

    static final Buckets USUAL = new Buckets(4_096);

    long of(long position) {
        return Math.floorDiv(position, size);
    }

    long firstOf(long bucket) {
        return bucket * size;
    }
}
