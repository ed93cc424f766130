package org.voucherledger.projections.projection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;

/**
 * The domain's states as a view keeps them: read once a turn where they are not known from the one before, evolved in memory,
 * written back by the projection. What a state is after an event is the domain's word alone.
 */
public final class States<S extends State<S, E>, E extends DomainEvent> {

    private final Documents<S> documents;
    private final S empty;
    private final UnaryOperator<S> kept;
    private final Map<String, Told> changed = new LinkedHashMap<>();

    States(Tables tables, String table, Class<S> type, S empty, UnaryOperator<S> kept, Collection<String> ids) {
        this.documents = tables.documents(table, "state", type);
        this.empty = empty;
        this.kept = kept;
        fetch(ids);
    }

    /** Reads further states in one round trip; those known already keep what has been told. */
    public void fetch(Collection<String> ids) {
        documents.fetch(ids);
    }

    public S now(String id) {
        return documents.getOrDefault(id, empty);
    }

    public S evolve(String id, Told told, E event) {
        S next = kept.apply(now(id).evolve(event));
        documents.put(id, next);
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
