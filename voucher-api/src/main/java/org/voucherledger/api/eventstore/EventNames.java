package org.voucherledger.api.eventstore;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.ResolvableType;
import org.voucherledger.domain.aggregate.LedgerAggregate;

/**
 * The names under which events are stored: {@code VoucherOrdered}, not the name of a Java class, so that code may move while
 * the log stays readable.
 *
 * <p>Invariant: a name means one event for ever. Two events of the same name are a fault of the code and stop the start.
 */
public final class EventNames {

    private final Map<String, Class<?>> byName = new HashMap<>();

    private EventNames() {}

    /** The events of these aggregates: the records permitted by each one's sealed event interface. */
    public static EventNames of(Collection<Class<?>> aggregates) {
        var names = new EventNames();
        for (Class<?> aggregate : aggregates) {
            names.add(ResolvableType.forClass(LedgerAggregate.class, aggregate)
                    .getGeneric(1)
                    .resolve(Object.class));
        }
        return names;
    }

    /** The class of the event, or {@code null} if the name is not one of an event. */
    public Class<?> classOf(String name) {
        return byName.get(name);
    }

    public boolean isEvent(Class<?> type) {
        return byName.get(type.getSimpleName()) == type;
    }

    public Set<Class<?>> classes() {
        return Set.copyOf(byName.values());
    }

    private void add(Class<?> event) {
        if (event.isSealed()) {
            Arrays.stream(event.getPermittedSubclasses()).forEach(this::add);
            return;
        }
        if (!event.isRecord()) {
            throw new IllegalStateException(event + " is neither an event nor a sealed family of events");
        }
        Class<?> namesake = byName.put(event.getSimpleName(), event);
        if (namesake != null && namesake != event) {
            throw new IllegalStateException(event + " and " + namesake + " would be stored under the same name");
        }
    }
}
