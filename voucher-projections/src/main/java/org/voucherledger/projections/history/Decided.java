package org.voucherledger.projections.history;

import org.voucherledger.domain.rule.Evidence;
import org.voucherledger.domain.rule.Rule;

/**
 * A decision with its figures as they were when it was made, never reckoned anew, and the rulebook's words for the rule.
 *
 * @param times how often the command decided this with these very figures
 */
public record Decided(
        String rule,
        String titleZh,
        String titleEn,
        String clause,
        String about,
        boolean allowed,
        Object limit,
        Object used,
        Object asked,
        int times) {

    static Decided of(Evidence kept) {
        Rule rule = kept.decidedBy();
        return new Decided(
                kept.rule(),
                rule.chinese(),
                rule.english(),
                rule.clause(),
                kept.about(),
                kept.allowed(),
                kept.limit(),
                kept.used(),
                kept.asked(),
                kept.times());
    }
}
