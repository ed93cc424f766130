package org.voucherledger.domain.rule;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** Insists on a list of decisions, asked one after the other: the first failure refuses (ALL-02). */
public final class Checks {

    private Checks() {}

    /**
     * Asks each question in turn and throws {@link Refused} at the first that is denied.
     *
     * <p>A question may be skipped by answering {@code null} where it does not apply. The stages must not go backwards:
     * a handler that asks out of the order of ALL-02 is faulty and fails with {@link IllegalStateException}.
     */
    @Carries(Rule.ALL_02)
    @SafeVarargs
    public static void inOrder(Supplier<Decision>... questions) {
        Check reached = Check.ACTOR;
        for (Supplier<Decision> question : questions) {
            Decision decision = question.get();
            if (decision == null) {
                continue;
            }
            Trail.note(decision);
            if (decision.stage().compareTo(reached) < 0) {
                throw new IllegalStateException(decision.about() + " is asked after " + reached + ", against ALL-02");
            }
            reached = decision.stage();
            if (!decision.allowed()) {
                throw new Refused(decision);
            }
        }
    }

    /**
     * One question made of several: the first that is denied, or {@code null} where all are allowed. None behind the denied
     * one is asked; {@code null} among them does not apply.
     */
    public static Decision first(Stream<Decision> questions) {
        return questions
                .filter(decision -> decision != null)
                .peek(Trail::note)
                .filter(decision -> !decision.allowed())
                .findFirst()
                .orElse(null);
    }
}
