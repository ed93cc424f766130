package org.voucherledger.api.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceKind;

class EventSerializerTest {

    private static final EventNames NAMES = EventNames.of(Ledger.AGGREGATES);

    private final EventSerializer serializer = EventSerializer.of(NAMES);

    static Set<Class<?>> events() {
        return NAMES.classes();
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_comes_back_as_it_was(Class<?> type) {
        Object event = sample(type);

        var stored = serializer.serialize(event, byte[].class);

        assertThat(stored.getType().getName()).isEqualTo(type.getSimpleName());
        assertThat(stored.getType().getRevision()).isNotNull();
        assertThat(serializer.<byte[], Object>deserialize(stored)).isEqualTo(event);
    }

    @Test
    void an_event_is_its_components_in_their_order() {
        var stored = serializer.serialize(new KeyBound(UsedOnceKind.INVOICE, "发票001", "V1"), byte[].class);

        assertThat(new String(stored.getData(), StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"INVOICE\",\"key\":\"发票001\",\"voucherId\":\"V1\"}");
    }

    @Test
    void what_is_no_longer_known_is_skipped_and_what_has_another_type_is_a_fault() {
        assertThat(read("{\"kind\":\"INVOICE\",\"key\":\"K\",\"voucherId\":\"V1\",\"gone\":{\"x\":1}}"))
                .isEqualTo(new KeyBound(UsedOnceKind.INVOICE, "K", "V1"));
        assertThatThrownBy(() -> read("{\"kind\":\"INVOICE\",\"key\":[1],\"voucherId\":\"V1\"}"))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void positions_of_views_are_kept_too() {
        var token = GapAwareTrackingToken.newInstance(17, Set.of(12L, 14L));

        assertThat(serializer.<byte[], Object>deserialize(serializer.serialize(token, byte[].class)))
                .isEqualTo(token);
    }

    private Object read(String json) {
        return serializer.deserialize(new SimpleSerializedObject<>(
                json.getBytes(StandardCharsets.UTF_8), byte[].class, new SimpleSerializedType("KeyBound", "1")));
    }

    /** What is inside an event is also inside commands, and says no to what can never be meant. */
    private static final Map<Class<?>, Object> SIMPLE = Map.ofEntries(
            Map.entry(String.class, "A-1"),
            Map.entry(long.class, 12_345_678_901L),
            Map.entry(Long.class, 12_345_678_901L),
            Map.entry(int.class, 2),
            Map.entry(Integer.class, 2),
            Map.entry(boolean.class, true),
            Map.entry(Instant.class, Instant.parse("2020-04-01T01:00:00.123456Z")),
            Map.entry(LocalDate.class, LocalDate.of(2020, 4, 1)));

    private static Object sample(RecordComponent component) {
        return switch (component.getName()) {
            case "sha256" -> "0f".repeat(32);
            case "unrelatedFen" -> 1L;
            default -> sample(component.getGenericType());
        };
    }

    /** A value with something in every component. */
    private static Object sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type first = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return List.of(sample(first));
            }
            if (generic.getRawType() == Set.class) {
                return Set.of(sample(first));
            }
            if (generic.getRawType() == Map.class) {
                return Map.of(sample(first), sample(generic.getActualTypeArguments()[1]));
            }
            throw new IllegalArgumentException("no sample of " + type);
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isEnum()) {
            return kind.getEnumConstants()[0];
        }
        if (kind.isRecord()) {
            return record(kind);
        }
        Object value = SIMPLE.get(kind);
        if (value == null) {
            throw new IllegalArgumentException("no sample of " + kind);
        }
        return value;
    }

    private static Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            canonical.setAccessible(true);
            return canonical.newInstance(
                    Arrays.stream(components).map(EventSerializerTest::sample).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no sample of " + type, e);
        }
    }
}
