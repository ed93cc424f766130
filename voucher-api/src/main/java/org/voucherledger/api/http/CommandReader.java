package org.voucherledger.api.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Malformed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a command out of what was sent, or says which field is wrong with {@link Malformed}. */
final class CommandReader {

    private static final String AT_MOST = "atMost";

    private CommandReader() {}

    /**
     * @param command the record
     * @param sha256 of its type and of its JSON in one form, whatever the order and spacing it was sent in
     */
    record Read(Command command, String sha256) {}

    /**
     * Reads the JSON object in a body; an empty body is an object without members.
     *
     * @throws BadRequest if it is not JSON
     * @throws Malformed if it is JSON, but no object, or says a member twice
     */
    static ObjectNode object(byte[] body) {
        if (body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode tree;
        try {
            tree = StrictJson.MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            throw unreadable(notJson);
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new Malformed("body", "must be a JSON object");
    }

    /** Reads the command of this route out of a body and the variables of its path. */
    static Read read(CommandRoute route, Map<String, String> pathVariables, ObjectNode body) {
        ObjectNode whole = body.deepCopy();
        pathVariables.forEach((name, value) -> {
            JsonNode said = whole.get(name);
            if (said != null && !(said.isString() && said.stringValue().equals(value))) {
                throw new Malformed(name, "must be left out or be the same as in the path: " + value);
            }
            whole.put(name, value);
        });
        return read(route, whole);
    }

    /** Reads the command of this route out of its complete JSON. */
    static Read read(CommandRoute route, ObjectNode whole) {
        if (takesAtMost(route) && !whole.has(AT_MOST)) {
            whole.put(AT_MOST, BatchCommand.MOST_AT_ONCE);
        }
        try {
            Command command = StrictJson.MAPPER.treeToValue(whole, route.type());
            return new Read(command, CanonicalJson.sha256(route.name(), whole));
        } catch (JacksonException wrong) {
            throw malformed(wrong);
        }
    }

    /** Whether the command decides so many at a time that the caller may leave the number to the ledger. */
    static boolean takesAtMost(CommandRoute route) {
        return RecordFields.names(route.type()).contains(AT_MOST);
    }

    private static RuntimeException unreadable(JacksonException notJson) {
        String reason = notJson.getOriginalMessage().lines().findFirst().orElse("");
        if (reason.startsWith("Duplicate") && notJson.processor() instanceof JsonParser parser) {
            String pointer = parser.streamReadContext().pathAsPointer().toString();
            return new Malformed(pointer.substring(1).replace('/', '.'), "is said twice");
        }
        TokenStreamLocation at = notJson.getLocation();
        return BadRequest.unreadable(at.getLineNr(), at.getColumnNr(), reason);
    }

    private static Malformed malformed(JacksonException wrong) {
        String path = path(wrong.getPath());
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof Malformed malformed) {
                return path.isEmpty()
                        ? malformed
                        : new Malformed(path + "." + lastOf(malformed.field()), malformed.getMessage());
            }
        }
        return new Malformed(path.isEmpty() ? "body" : path, mustBe(wrong));
    }

    private static String mustBe(JacksonException wrong) {
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            return "unknown field; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (wrong instanceof InputCoercionException range) {
            return mustBe(range.getTargetType());
        }
        if (wrong instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mustBe(mismatch.getTargetType());
        }
        return wrong.getOriginalMessage();
    }

    /** In the words of whoever writes JSON, not of whoever reads it with Java. */
    private static String mustBe(Class<?> type) {
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return "must be given as a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be given as true or false";
        }
        if (type.isEnum()) {
            return "must be one of " + List.of(type.getEnumConstants());
        }
        if (type == Instant.class) {
            return "must be an instant with its offset, e.g. 2020-04-01T09:00:00+08:00";
        }
        if (type == LocalDate.class) {
            return "must be a date, e.g. 2020-04-01";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        return type == String.class ? "must be a text" : "must be an object";
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String lastOf(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
