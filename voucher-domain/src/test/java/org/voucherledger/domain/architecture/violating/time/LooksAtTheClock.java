package org.voucherledger.domain.architecture.violating.time;

import java.time.Instant;

/** Breaks "no clock". */
final class LooksAtTheClock {

    Instant deadline() {
        return Instant.now();
    }
}
