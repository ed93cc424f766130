package org.voucherledger.projections.history;

import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.projections.projection.Json;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.util.NameTransformer;

/**
 * A state for people to read and programs to compare: its members in the order of the domain's record, amounts as whole fen
 * under names that end in {@code Fen}, the beginning of time as {@code null}.
 */
final class StateJson {

    private static final NameTransformer FEN = NameTransformer.simpleTransformer("", "Fen");

    private static final JsonMapper MAPPER = Json.writer()
            .addModule(new SimpleModule("states")
                    .addSerializer(new WholeFen())
                    .addSerializer(new Day())
                    .setSerializerModifier(new NamesSayFen()))
            .build();

    private StateJson() {}

    static JsonNode of(State<?, ?> state) {
        return MAPPER.valueToTree(state);
    }

    private static final class WholeFen extends ValueSerializer<Fen> {
        @Override
        public Class<Fen> handledType() {
            return Fen.class;
        }

        @Override
        public void serialize(Fen amount, JsonGenerator json, SerializationContext context) {
            json.writeNumber(amount.value());
        }
    }

    /** The first name of a party holds from the beginning of time, for which there is no date. */
    private static final class Day extends ValueSerializer<LocalDate> {
        @Override
        public Class<LocalDate> handledType() {
            return LocalDate.class;
        }

        @Override
        public void serialize(LocalDate day, JsonGenerator json, SerializationContext context) {
            if (day.equals(LocalDate.MIN)) {
                json.writeNull();
            } else {
                json.writeString(day.toString());
            }
        }
    }

    private static final class NamesSayFen extends ValueSerializerModifier {
        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier record, List<BeanPropertyWriter> members) {
            return members.stream()
                    .map(member ->
                            isMoney(member.getType()) && !member.getName().endsWith("Fen")
                                    ? member.rename(FEN)
                                    : member)
                    .toList();
        }

        private static boolean isMoney(JavaType type) {
            return type.hasRawClass(Fen.class)
                    || type.isContainerType() && type.getContentType().hasRawClass(Fen.class);
        }
    }
}
