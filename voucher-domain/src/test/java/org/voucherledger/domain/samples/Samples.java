package org.voucherledger.domain.samples;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * One fully populated instance of any event, always the same: every component has a value of its own, so that a component
 * that is lost or swapped on its way through JSON is noticed.
 */
public final class Samples {

    /** What a component must look like for its record's constructor to take it. */
    private static final Map<String, Object> BY_NAME = Map.ofEntries(
            Map.entry("sha256", "0f".repeat(32)),
            Map.entry("mediaType", "application/pdf"),
            Map.entry("kind", "CONTRACT"),
            Map.entry("unrelatedFen", 700L),
            Map.entry("trustLevel", 1),
            Map.entry("serviceFrom", LocalDate.of(2020, 4, 1)),
            Map.entry("serviceUntil", LocalDate.of(2020, 10, 31)),
            Map.entry("year", 2020),
            Map.entry("quotaYear", 2020));

    private int counter;

    private Samples() {}

    /** A sample of this event. */
    public static <E extends DomainEvent> E of(Class<E> event) {
        return event.cast(new Samples().value(event, event, event.getSimpleName()));
    }

    private Object value(Type generic, Class<?> type, String name) {
        Object byName = BY_NAME.get(name);
        if (byName != null && (type.isInstance(byName) || type.isPrimitive())) {
            return byName;
        }
        counter++;
        if (type == String.class) {
            return name + "-" + counter;
        }
        if (type == long.class || type == Long.class) {
            return 100_000L + counter;
        }
        if (type == int.class || type == Integer.class) {
            return counter;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return Instant.parse("2020-05-01T00:00:00.123456Z").plusSeconds(counter * 3_661L);
        }
        if (type == LocalDate.class) {
            return LocalDate.of(2020, 5, 1).plusDays(counter);
        }
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[constants.length - 1];
        }
        if (type.isRecord()) {
            return record(type);
        }
        return collection((ParameterizedType) generic, type, name);
    }

    private Object collection(ParameterizedType generic, Class<?> type, String name) {
        Type[] of = generic.getActualTypeArguments();
        Object first = value(of[0], raw(of[0]), name);
        if (type == List.class) {
            return List.of(first, value(of[0], raw(of[0]), name));
        }
        if (type == Set.class) {
            return new LinkedHashSet<>(List.of(first));
        }
        if (type == Map.class && raw(of[0]).isEnum()) {
            return enumMap(raw(of[0]), value(of[1], raw(of[1]), name));
        }
        if (type == Map.class) {
            return Map.of(first, value(of[1], raw(of[1]), name));
        }
        throw new IllegalArgumentException("an event is flat: " + name + " is a " + generic);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the key's class is known by reflection only
    private static Object enumMap(Class<?> key, Object value) {
        var map = new EnumMap(key);
        Object[] constants = key.getEnumConstants();
        map.put((Enum) constants[0], value);
        return map;
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(c -> value(c.getGenericType(), c.getType(), c.getName()))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " does not take " + Arrays.toString(values), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
