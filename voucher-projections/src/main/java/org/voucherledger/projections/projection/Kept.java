package org.voucherledger.projections.projection;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one column by their ids, those used last, as they stand in the table when a turn is over. */
final class Kept<T> {

    /** Enough for what is under way in a busy hour; some tens of megabytes for the largest states. */
    private static final int MOST = 10_000;

    private final Map<String, T> values = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MOST;
        }
    };

    T get(String id) {
        return values.get(id);
    }

    void put(String id, T value) {
        values.put(id, value);
    }
}
