package org.voucherledger.api.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events, their metadata and the positions of views as JSON, events under their {@linkplain EventNames logical names}.
 *
 * <p>What is written is exactly the record's components, in their order; moments and dates are ISO 8601 texts. A member that
 * is no longer known is skipped when read, one of another type is a fault.
 */
public final class EventSerializer extends Jackson3Serializer {

    private final EventNames names;

    private EventSerializer(Builder builder, EventNames names) {
        super(builder);
        this.names = names;
    }

    public static EventSerializer of(EventNames names) {
        return new EventSerializer(
                Jackson3Serializer.builder().jsonMapperBuilderCustomizer(EventSerializer::format), names);
    }

    /** The mapper's settings, shared with whoever must write an event as the log has it. */
    public static void format(JsonMapper.Builder json) {
        json.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                        .withVisibility(PropertyAccessor.FIELD, Visibility.ANY));
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
        if (type != null && names.isEvent(type)) {
            return new SimpleSerializedType(
                    type.getSimpleName(), getRevisionResolver().revisionOf(type));
        }
        return super.typeForClass(type);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        Class<?> event = names.classOf(type.getName());
        return event != null ? event : super.classForType(type);
    }
}
