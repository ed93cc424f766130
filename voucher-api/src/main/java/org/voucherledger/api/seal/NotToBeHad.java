package org.voucherledger.api.seal;

/** Evidence was asked for that there is none of, or not yet; the message says why in a sentence. */
public final class NotToBeHad extends RuntimeException {

    NotToBeHad(String message) {
        super(message, null, false, false);
    }
}
