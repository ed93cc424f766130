package org.voucherledger.benchmark.scene;

import java.time.Instant;
import java.time.LocalDateTime;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.domain.time.Shanghai;

/** A clock that stands where the scene needs it. */
public final class BenchClock implements LedgerClock {

    private volatile Instant reading = Instant.EPOCH;

    @Override
    public Instant now() {
        return reading;
    }

    /** @param dateTime as Shanghai's clock shows it: {@code 2020-05-31T00:00} */
    public void at(String dateTime) {
        reading = shanghai(dateTime);
    }

    static Instant shanghai(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(Shanghai.ZONE).toInstant();
    }
}
