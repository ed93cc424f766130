package org.voucherledger.api.tampering;

/** A statement of a tampering that found no row: nothing has been done by it. */
final class NothingChanged extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NothingChanged(String statement) {
        super("nothing was changed by: " + statement);
    }
}
