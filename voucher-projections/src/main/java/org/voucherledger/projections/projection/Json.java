package org.voucherledger.projections.projection;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** States as JSON documents, written alike whenever they are alike, so that two copies of a view can be compared. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(v -> v.withIsGetterVisibility(Visibility.NONE))
            // Half of what a state can hold it does not hold yet.
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addModule(new SimpleModule("sorted sets").addSerializer(new SortedSet()))
            .build();

    private Json() {}

    /** The same way of writing, for a document that has more to say about it; what is not there is written as null. */
    public static JsonMapper.Builder writer() {
        return MAPPER.rebuild()
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS));
    }

    public static String write(Object document) {
        return MAPPER.writeValueAsString(document);
    }

    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** The order of {@link Set#of} differs from one run of the program to the next. */
    private static final class SortedSet extends ValueSerializer<Set<?>> {
        @Override
        public Class<?> handledType() {
            return Set.class;
        }

        @Override
        public void serialize(Set<?> set, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            set.stream().map(String::valueOf).sorted().forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
