package org.voucherledger.api.security;

/** The development key cannot be read or made; the message says why and what to do. */
public final class DevelopmentKeyUnavailable extends RuntimeException {

    DevelopmentKeyUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
