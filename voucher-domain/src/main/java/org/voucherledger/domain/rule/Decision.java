package org.voucherledger.domain.rule;

/**
 * What a rule said about one question, with the figures it looked at (ALL-02). A value: nothing happens because of it until
 * {@link Checks} is asked to insist.
 *
 * @param stage at which stage of ALL-02 the question stands
 * @param about what was asked, as the machine-readable name of a fact, e.g. {@code AnnualCap}
 * @param limit what the rule allows, as an amount in fen ({@code Long}), an instant, a date or a text; never {@code null}
 * @param used what of it is used already, or how things stand
 * @param asked what was asked for
 */
public record Decision(Rule rule, Check stage, String about, boolean allowed, Object limit, Object used, Object asked) {

    public Decision {
        if (limit == null || used == null || asked == null) {
            throw new IllegalArgumentException(rule + " " + about + ": a decision states its figures");
        }
    }
}
