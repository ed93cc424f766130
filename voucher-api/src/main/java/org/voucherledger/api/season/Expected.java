package org.voucherledger.api.season;

import java.util.Set;
import org.voucherledger.domain.rule.Rule;

/**
 * What the season knows beforehand about the answer to a command; any other answer fails the run.
 *
 * @param accepted it may be done
 * @param rules the rules that may refuse it
 */
record Expected(boolean accepted, Set<Rule> rules) {

    static final Expected DONE = new Expected(true, Set.of());

    static Expected refusedBy(Rule rule) {
        return new Expected(false, Set.of(rule));
    }

    /** Where it depends on what others have done before, as with a cap that is running out. */
    static Expected doneUnless(Rule rule) {
        return new Expected(true, Set.of(rule));
    }

    boolean matches(Reply reply) {
        return reply.isAccepted() ? accepted : rules.stream().anyMatch(rule -> reply.isRefusedBy(rule.id()));
    }

    @Override
    public String toString() {
        String by = rules.isEmpty()
                ? ""
                : "refused by " + String.join(", ", rules.stream().map(Rule::id).toList());
        return accepted ? (by.isEmpty() ? "done" : "done or " + by) : by;
    }
}
