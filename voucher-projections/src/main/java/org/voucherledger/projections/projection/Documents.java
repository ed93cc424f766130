package org.voucherledger.projections.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The documents of one column as a view keeps them: read once a turn where they are not known from the one before, replaced in
 * memory, written back by the projection. Whatever is put must be written before the turn is over.
 */
public final class Documents<T> {

    private final Tables tables;
    private final String table;
    private final String column;
    private final Class<T> type;
    private final Kept<T> kept;
    /** What is known not to be there is {@code null}. */
    private final Map<String, T> known = new HashMap<>();

    private final Set<String> changed = new LinkedHashSet<>();

    Documents(Tables tables, String table, String column, Class<T> type) {
        this.tables = tables;
        this.table = table;
        this.column = column;
        this.type = type;
        this.kept = tables.kept(table, column);
    }

    /** Reads these in one round trip; those known already keep what has been told. */
    public Documents<T> fetch(Collection<String> ids) {
        var missing = new LinkedHashSet<String>();
        for (String id : ids) {
            if (!known.containsKey(id)) {
                T value = kept.get(id);
                known.put(id, value);
                if (value == null) {
                    missing.add(id);
                }
            }
        }
        tables.read("select id, " + column + " from {slot}." + table + " where id = any(?)", missing, row -> {
            String id = row.getString(1);
            T value = Json.read(row.getString(2), type);
            known.put(id, value);
            kept.put(id, value);
        });
        return this;
    }

    /** {@code null} if there is none. */
    public T get(String id) {
        T value = known.get(id);
        if (value == null && !known.containsKey(id)) {
            fetch(Set.of(id));
            return known.get(id);
        }
        return value;
    }

    public T getOrDefault(String id, T otherwise) {
        T value = get(id);
        return value == null ? otherwise : value;
    }

    /** @return what stood there, or {@code null} */
    public T put(String id, T value) {
        T before = get(id);
        known.put(id, value);
        kept.put(id, value);
        changed.add(id);
        return before;
    }

    /** The ids of what has been put, in the order of their first change. */
    public Set<String> changed() {
        return changed;
    }

    public String json(String id) {
        return Json.write(get(id));
    }
}
