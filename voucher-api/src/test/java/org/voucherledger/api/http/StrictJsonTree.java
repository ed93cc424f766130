package org.voucherledger.api.http;

import org.voucherledger.api.json.StrictJson;
import tools.jackson.databind.JsonNode;

/** Reads a document for a test; a member that is said twice fails it. */
final class StrictJsonTree {

    private StrictJsonTree() {}

    static JsonNode read(String document) {
        return StrictJson.MAPPER.readTree(document);
    }

    static JsonNode at(String document, String pointer) {
        return read(document).at(pointer);
    }
}
