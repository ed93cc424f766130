package org.voucherledger.api.http;

import java.util.Map;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Malformed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
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
        return new Read(StrictJson.value(whole, route.type()), CanonicalJson.sha256(route.name(), whole));
    }

    /** Whether the command decides so many at a time that the caller may leave the number to the ledger. */
    static boolean takesAtMost(CommandRoute route) {
        return RecordFields.names(route.type()).contains(AT_MOST);
    }

    /** How a body that is not JSON is told of; one that says a member twice is JSON, but nobody can tell which is meant. */
    static RuntimeException unreadable(JacksonException notJson) {
        String reason = notJson.getOriginalMessage().lines().findFirst().orElse("");
        if (reason.startsWith("Duplicate") && notJson.processor() instanceof JsonParser parser) {
            String pointer = parser.streamReadContext().pathAsPointer().toString();
            return new Malformed(pointer.substring(1).replace('/', '.'), "is said twice");
        }
        TokenStreamLocation at = notJson.getLocation() == null ? TokenStreamLocation.NA : notJson.getLocation();
        return BadRequest.unreadable(at.getLineNr(), at.getColumnNr(), reason);
    }
}
