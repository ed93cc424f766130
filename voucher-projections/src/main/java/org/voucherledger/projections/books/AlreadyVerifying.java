package org.voucherledger.projections.books;

/** The books are being verified; whoever wants to know may have the same answer a little later. */
public final class AlreadyVerifying extends RuntimeException {

    AlreadyVerifying() {
        super("the books are being verified already", null, false, false);
    }
}
