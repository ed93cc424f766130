package org.voucherledger.projections.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.voucherledger.domain.aggregate.DomainEvent;

/** Parts of a batch of events, for a projection that must have told everything before certain events. */
public final class Parts {

    private Parts() {}

    /** In order; each event that stands alone is a part of its own. */
    public static List<List<Told>> of(List<Told> events, Predicate<DomainEvent> alone) {
        var parts = new ArrayList<List<Told>>();
        int from = 0;
        for (int i = 0; i < events.size(); i++) {
            if (alone.test(events.get(i).event())) {
                if (from < i) {
                    parts.add(events.subList(from, i));
                }
                parts.add(events.subList(i, i + 1));
                from = i + 1;
            }
        }
        if (from < events.size()) {
            parts.add(events.subList(from, events.size()));
        }
        return parts;
    }
}
