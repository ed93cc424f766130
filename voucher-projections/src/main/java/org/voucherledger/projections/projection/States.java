package org.voucherledger.projections.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;

/**
 * The domain's states as a view keeps them: read once a batch, evolved in memory, written back by the projection. What a
 * state is after an event is the domain's word alone.
 */
public final class States<S extends State<S, E>, E extends DomainEvent> {

    private final Tables tables;
    private final String table;
    private final Class<S> type;
    private final S empty;
    private final Map<String, S> known = new HashMap<>();
    private final Map<String, Told> changed = new LinkedHashMap<>();

    States(Tables tables, String table, Class<S> type, S empty, Collection<String> ids) {
        this.tables = tables;
        this.table = table;
        this.type = type;
        this.empty = empty;
        fetch(ids);
    }

    /** Reads further states in one round trip; those known already keep what has been told. */
    public void fetch(Collection<String> ids) {
        var missing =
                ids.stream().filter(id -> !known.containsKey(id)).distinct().toList();
        var found = tables.documents(table, "state", type, missing);
        missing.forEach(id -> known.put(id, found.getOrDefault(id, empty)));
    }

    public S now(String id) {
        if (!known.containsKey(id)) {
            fetch(Set.of(id));
        }
        return known.get(id);
    }

    public S evolve(String id, Told told, E event) {
        S next = now(id).evolve(event);
        known.put(id, next);
        changed.put(id, told);
        return next;
    }

    /** What has changed in this batch, each with the last event that changed it. */
    public Map<String, Told> changed() {
        return changed;
    }

    public String json(String id) {
        return Json.write(now(id));
    }
}
