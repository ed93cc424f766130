package org.voucherledger.api.sweep;

import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.pipeline.SystemClock;

/** Sweeps every minute by the server's clock. A rehearsal is swept when it says so, so that it goes the same way each time. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SweepSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(SweepSchedule.class);

    private final Sweep sweep;
    private final LedgerClock clock;

    SweepSchedule(Sweep sweep, LedgerClock clock) {
        this.sweep = sweep;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${ledger.sweep.every:60s}", initialDelayString = "${ledger.sweep.every:60s}")
    void sweep() {
        if (!(clock instanceof SystemClock)) {
            return;
        }
        try {
            sweep.run();
        } catch (TimeoutException behind) {
            LOG.warn("Not swept, the views are behind: {}", behind.getMessage());
        }
    }
}
