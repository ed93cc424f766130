package org.voucherledger.api.witness;

/** Another witness works on the same directory, or nobody can; the message is for whoever started this one. */
public final class AnotherWitness extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnotherWitness(String message) {
        super(message);
    }
}
