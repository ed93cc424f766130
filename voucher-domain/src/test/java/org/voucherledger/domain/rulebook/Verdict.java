package org.voucherledger.domain.rulebook;

import java.util.List;
import java.util.Set;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/** What the rulebook says of one command, as far as it says anything. */
public sealed interface Verdict {

    /** The command must be carried out. */
    record Accepted() implements Verdict {}

    /** The rulebook is silent; whatever the ledger answers is followed. Kept rare, and counted. */
    record Undetermined(String why) implements Verdict {}

    /**
     * The command must be refused because of at least one of these.
     *
     * @param byAnyRule there is something else about it of which the rulebook is silent, so another rule may be named first
     */
    record Refused(List<Failure> failures, boolean byAnyRule) implements Verdict {

        /**
         * Is this refusal one that the rulebook asks for? Its rule must be one that is violated, at a stage where it may be
         * asked, and nothing that is certainly asked at an earlier stage may be violated (ALL-02).
         */
        public boolean explains(Decision decision) {
            return byAnyRule
                    || failures.stream().anyMatch(f -> f.matches(decision))
                            && failures.stream().noneMatch(f -> f.latest().compareTo(decision.stage()) < 0);
        }
    }

    /**
     * One violated rule.
     *
     * @param earliest the first stage of ALL-02 at which it may be asked
     * @param latest the last one; the rulebook names the stages, not always which rule stands in which
     * @param rules those that may be named; empty where the transition table alone refuses
     */
    record Failure(Check earliest, Check latest, Set<Rule> rules, String about) {

        boolean matches(Decision decision) {
            return decision.stage().compareTo(earliest) >= 0
                    && decision.stage().compareTo(latest) <= 0
                    && (rules.isEmpty() || rules.contains(decision.rule()));
        }
    }
}
