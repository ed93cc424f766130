package org.voucherledger.domain.rule;

/**
 * A command was refused by a rule. Thrown before anything is recorded, carries the decision, has no stack trace: it is an
 * answer, not a fault.
 */
public final class Refused extends RuntimeException {

    private final Decision decision;

    public Refused(Decision decision) {
        super(
                decision.rule().id() + " " + decision.about() + ": limit " + decision.limit() + ", used "
                        + decision.used() + ", asked " + decision.asked(),
                null,
                false,
                false);
        if (decision.allowed()) {
            throw new IllegalArgumentException("not a refusal: " + decision);
        }
        this.decision = decision;
    }

    public Decision decision() {
        return decision;
    }
}
