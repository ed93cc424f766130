package org.voucherledger.api.seal;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** The ledger is not well while its log may not be sealed any further, or a witness refuses it; it goes on taking commands. */
final class SealHealth extends AbstractHealthIndicator {

    private final Sealer sealer;
    private final Witnesses witnesses;

    SealHealth(Sealer sealer, Witnesses witnesses) {
        super("the sealed log cannot be looked at");
        this.sealer = sealer;
        this.witnesses = witnesses;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        SealStatus status = sealer.status();
        boolean isRefused = witnesses.standings().stream().anyMatch(Witnesses.Standing::refuses);
        (status.phase() == SealStatus.Phase.HALTED || isRefused ? health.down() : health.up())
                .withDetail("phase", status.phase())
                .withDetail("words", status.words())
                .withDetail("leaves", status.leaves())
                .withDetail("waiting", status.waiting())
                .withDetail("behindSeconds", sealer.behind().toSeconds())
                .withDetail("witnesses", witnesses.standings());
    }
}
