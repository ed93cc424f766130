package org.voucherledger.api.tampering;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Bytes for the keys of a tamperer: from the seed, so that a tampering can be repeated; good for nothing else. */
final class DrawnKeys extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient RandomGenerator random;

    DrawnKeys(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
