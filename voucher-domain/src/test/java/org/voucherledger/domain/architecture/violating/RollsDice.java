package org.voucherledger.domain.architecture.violating;

import java.util.UUID;

/** Breaks "no randomness". */
final class RollsDice {

    String id() {
        return UUID.randomUUID().toString();
    }
}
