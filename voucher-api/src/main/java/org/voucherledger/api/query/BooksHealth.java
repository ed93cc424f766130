package org.voucherledger.api.query;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.voucherledger.projections.books.BooksWatch;

/** The ledger is not well when its books do not balance (ALL-03); it says from which position on, and what does not hold. */
final class BooksHealth extends AbstractHealthIndicator {

    private final BooksWatch watch;

    BooksHealth(BooksWatch watch) {
        super("the books cannot be looked at");
        this.watch = watch;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var standing = watch.standing();
        health.up().withDetail("balancedUpTo", standing.balancedUpTo());
        standing.violation()
                .ifPresent(violation -> health.down()
                        .withDetail("rule", "ALL-03")
                        .withDetail("violatedAt", violation.position())
                        .withDetail("violation", violation.sentence()));
    }
}
