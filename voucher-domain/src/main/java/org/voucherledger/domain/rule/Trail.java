package org.voucherledger.domain.rule;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Every decision that was looked at on the way to an answer, in order, allowed or denied, each once: what a command that is
 * only tried can be explained by. A unit of work that nobody has asked to explain keeps none.
 */
public final class Trail {

    private static final String RESOURCE = Trail.class.getName();

    private final List<Decision> decisions = new ArrayList<>();

    private Trail() {}

    /** Keeps the decisions of everything that is decided inside this unit of work from now on. */
    public static Trail of(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(RESOURCE, key -> new Trail());
    }

    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    static void note(Decision decision) {
        if (!CurrentUnitOfWork.isStarted()) {
            return;
        }
        Trail trail = CurrentUnitOfWork.get().root().getResource(RESOURCE);
        // A question made of several hands its last decision on to whoever asked it.
        if (trail != null && trail.decisions.stream().noneMatch(known -> known == decision)) {
            trail.decisions.add(decision);
        }
    }
}
