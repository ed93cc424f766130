package org.voucherledger.domain.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Every decision that was looked at on the way to an answer, in order, allowed or denied, each once: what a command that is
 * only tried can be explained by, and what the events of one that is done keep as evidence (ALL-02, ALL-04).
 *
 * <p>Invariant: each decision is {@linkplain #handOver handed over} once, to the first event that is recorded after it. A unit
 * of work in which no trail was begun keeps none. A trail never changes what is decided.
 */
public final class Trail {

    private static final String RESOURCE = Trail.class.getName();

    private final List<Decision> decisions = new ArrayList<>();
    private final Set<Decision> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private int handedOver;

    private Trail() {}

    /** Keeps what one command is decided by, inside this unit of work and from now on; what came before it is forgotten. */
    public static Trail begin(UnitOfWork<?> unitOfWork) {
        var trail = new Trail();
        unitOfWork.root().resources().put(RESOURCE, trail);
        return trail;
    }

    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** What has been decided since something was last recorded: the reasons of what is recorded now. */
    public static List<Decision> handOver() {
        Trail trail = current();
        if (trail == null || trail.handedOver == trail.decisions.size()) {
            return List.of();
        }
        var since = List.copyOf(trail.decisions.subList(trail.handedOver, trail.decisions.size()));
        trail.handedOver = trail.decisions.size();
        return since;
    }

    static void note(Decision decision) {
        Trail trail = current();
        // A question made of several hands its last decision on to whoever asked it.
        if (trail != null && trail.known.add(decision)) {
            trail.decisions.add(decision);
        }
    }

    private static Trail current() {
        return CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().root().getResource(RESOURCE) : null;
    }
}
