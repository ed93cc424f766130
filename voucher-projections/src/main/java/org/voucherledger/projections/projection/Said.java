package org.voucherledger.projections.projection;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Who, when and why: what an event's metadata say. Texts are read; what has a structure, as the decisions have that led to the
 * event, is left as the log has it, because hardly any view looks into it.
 */
record Said(Map<String, String> texts, Map<String, Supplier<String>> structures) {

    private static final JsonFactory JSON = new JsonFactory();

    /** @param json of the metadata, as the log has it */
    static Said in(byte[] json) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Supplier<String>> structures = new HashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    texts.put(name, parser.getString());
                } else {
                    int from = offset(parser.currentTokenLocation().getByteOffset());
                    parser.skipChildren();
                    int until = offset(parser.currentLocation().getByteOffset());
                    structures.put(name, () -> new String(json, from, until - from, StandardCharsets.UTF_8));
                }
            }
        }
        return new Said(texts, structures);
    }

    /** The one text of this name, without reading any further; {@code null} if there is none. */
    static String text(byte[] json, String name) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
        }
        return null;
    }

    /** Of metadata that are known already, and are not those of a log. */
    static Said of(EventMessage<?> message) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Supplier<String>> structures = new HashMap<>();
        message.getMetaData().forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                texts.put(name, value.toString());
            } else {
                structures.put(name, () -> Json.write(value));
            }
        });
        return new Said(texts, structures);
    }

    private static int offset(long bytes) {
        return Math.toIntExact(bytes);
    }
}
