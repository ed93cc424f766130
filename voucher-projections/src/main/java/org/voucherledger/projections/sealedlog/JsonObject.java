package org.voucherledger.projections.sealedlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Bytes that must be exactly one JSON object (RFC 8259) in one line, each member named once, no deeper than 500. */
final class JsonObject {

    private static final int DEEPEST = 500;

    /** Nothing but the depth is limited: whatever else the ledger stored, it must be possible to seal. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonObject() {}

    /** @throws Unreadable if they are not, which names the column but does not repeat its content */
    static void insist(String name, byte[] json) {
        if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
            throw new Unreadable(name + " is no JSON object");
        }
        for (byte b : json) {
            if (b == '\n' || b == '\r') {
                throw new Unreadable(name + " is not in one line");
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            insistOnOne(name, text);
        } catch (CharacterCodingException notUtf8) {
            throw new Unreadable(name + " is not UTF-8");
        } catch (JacksonException notJson) {
            throw new Unreadable(name + " is no JSON object");
        }
    }

    private static void insistOnOne(String name, String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw new Unreadable(name + " is no whole JSON object");
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
            }
            if (parser.nextToken() != null) {
                throw new Unreadable(name + " is more than one JSON object");
            }
        }
    }
}
