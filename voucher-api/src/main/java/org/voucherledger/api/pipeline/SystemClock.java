package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The server's own clock: what every ledger lives by, except a rehearsal. */
public final class SystemClock implements LedgerClock {

    @Override
    public Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
