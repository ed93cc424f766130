package org.voucherledger.api.http;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import org.voucherledger.domain.command.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A well-formed JSON of any command, made from its record: every field is there. */
final class SampleCommands {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SampleCommands() {}

    static ObjectNode of(Class<? extends Command> type) {
        return object(type);
    }

    static ObjectNode object(Class<?> type) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            object.set(component.getName(), value(component.getName(), component.getGenericType()));
        }
        return object;
    }

    private static JsonNode value(String name, Type type) {
        if (type instanceof ParameterizedType list && Collection.class.isAssignableFrom((Class<?>) list.getRawType())) {
            return JSON.arrayNode().add(value(name, list.getActualTypeArguments()[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return JSON.stringNode(plain.getEnumConstants()[0].toString());
        }
        if (plain.isRecord()) {
            return object(plain);
        }
        if (plain == Instant.class) {
            return JSON.stringNode("2020-04-01T09:00:00+08:00");
        }
        if (plain == LocalDate.class) {
            return JSON.stringNode("2020-04-01");
        }
        if (plain == boolean.class) {
            return JSON.booleanNode(true);
        }
        return plain == String.class ? JSON.stringNode(text(name)) : number(name);
    }

    /** A credit code is an identifier and a text as well. */
    private static String text(String name) {
        return name.equals("sha256") ? "0123456789abcdef".repeat(4) : HttpTest.CODE;
    }

    private static JsonNode number(String name) {
        return switch (name) {
            case "unrelatedFen" -> JSON.numberNode(0L);
            case "year" -> JSON.numberNode(2020);
            case "trustLevel" -> JSON.numberNode(1);
            case "rating" -> JSON.numberNode(5);
            default -> JSON.numberNode(100L);
        };
    }
}
