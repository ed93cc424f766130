package org.voucherledger.domain.rule;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * A refusal that was decided outside the domain and waits for its turn in the order of ALL-02: the domain is asked first, and
 * what it refuses at an earlier stage, or at the same one, goes before. Whoever is about to record something insists on it, so
 * nothing is ever recorded against it.
 */
public final class StandingRefusal {

    private static final String RESOURCE = StandingRefusal.class.getName();

    private StandingRefusal() {}

    /** Lets it stand for what is decided in this unit of work, until it is {@link #lift lifted}. */
    public static void set(UnitOfWork<?> unitOfWork, Decision refusal) {
        unitOfWork.root().resources().put(RESOURCE, refusal);
    }

    public static void lift(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().remove(RESOURCE);
    }

    /** @throws Refused if a refusal stands */
    public static void insist() {
        Decision refusal = CurrentUnitOfWork.get().root().getResource(RESOURCE);
        if (refusal != null) {
            Checks.inOrder(() -> refusal);
        }
    }
}
