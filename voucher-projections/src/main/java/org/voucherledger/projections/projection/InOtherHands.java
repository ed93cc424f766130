package org.voucherledger.projections.projection;

/** A view is being rebuilt or recomputed; whoever wants either may ask again when that is done. */
public final class InOtherHands extends IllegalStateException {

    InOtherHands(String message) {
        super(message);
    }
}
