package org.voucherledger.api.seal;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** The ledger is not well while its log may not be sealed any further; it goes on taking commands. */
final class SealHealth extends AbstractHealthIndicator {

    private final Sealer sealer;

    SealHealth(Sealer sealer) {
        super("the sealed log cannot be looked at");
        this.sealer = sealer;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        SealStatus status = sealer.status();
        (status.phase() == SealStatus.Phase.HALTED ? health.down() : health.up())
                .withDetail("phase", status.phase())
                .withDetail("words", status.words())
                .withDetail("leaves", status.leaves())
                .withDetail("waiting", status.waiting())
                .withDetail("behindSeconds", status.behind().toSeconds());
    }
}
