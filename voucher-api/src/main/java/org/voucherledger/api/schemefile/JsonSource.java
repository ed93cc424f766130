package org.voucherledger.api.schemefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.voucherledger.api.schemefile.LocatedDocument.Places;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON and remembers where each value stands; nothing may be said twice. */
final class JsonSource {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build();

    private final Places places = new Places();
    private final JsonParser parser;

    private JsonSource(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws SchemeFileFaulty at the first thing that is no JSON */
    static LocatedDocument read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonSource source = new JsonSource(parser);
            if (parser.nextToken() == null) {
                throw SchemeFileFaulty.at(Place.START, "", "文件是空的", "the file is empty");
            }
            LocatedDocument document = source.places.document(source.value(""));
            if (parser.nextToken() != null) {
                throw SchemeFileFaulty.at(
                        source.place(), "", "不是有效的 JSON：结束之后还有内容", "not JSON: there is more after the end");
            }
            return document;
        } catch (JacksonException notJson) {
            throw SchemeFileFaulty.at(
                    placeOf(notJson),
                    "",
                    "不是有效的 JSON：" + notJson.getOriginalMessage(),
                    "not JSON: " + notJson.getOriginalMessage());
        }
    }

    /** Not everything that goes wrong says where. */
    private static Place placeOf(JacksonException notJson) {
        TokenStreamLocation at = notJson.getLocation();
        return at == null ? Place.START : new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    private JsonNode value(String pointer) {
        places.put(pointer, place());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> list(pointer);
            case VALUE_STRING -> JSON.textNode(parser.getString());
            case VALUE_TRUE -> JSON.booleanNode(true);
            case VALUE_FALSE -> JSON.booleanNode(false);
            case VALUE_NULL -> JSON.nullNode();
            case VALUE_NUMBER_INT -> JSON.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> JSON.numberNode(parser.getDecimalValue());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private ObjectNode object(String pointer) {
        ObjectNode object = JSON.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String inside = Places.member(pointer, name);
            if (object.has(name)) {
                throw SchemeFileFaulty.at(place(), inside, "重复出现", "is said twice");
            }
            places.put(inside, place());
            parser.nextToken();
            object.set(name, value(inside));
        }
        return object;
    }

    private ArrayNode list(String pointer) {
        ArrayNode list = JSON.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(pointer + "/" + list.size()));
        }
        return list;
    }

    private Place place() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr());
    }
}
