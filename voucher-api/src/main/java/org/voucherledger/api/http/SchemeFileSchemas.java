package org.voucherledger.api.http;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.voucherledger.api.schemefile.SchemeFile;

/** The schema of scheme files as components of the interface's document. */
final class SchemeFileSchemas {

    private static final String FILE = "SchemeFile";

    private SchemeFileSchemas() {}

    /** The file's schema as {@code SchemeFile}, and what it refers to as {@code SchemeFile.<name>}. */
    static Map<String, Schema<?>> read() {
        try (InputStream file = SchemeFile.class.getResourceAsStream(SchemeFile.SCHEMA)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("#/$defs/", "#/components/schemas/" + FILE + ".");
            var tree = (com.fasterxml.jackson.databind.node.ObjectNode)
                    Json31.mapper().readTree(text);
            Map<String, Schema<?>> schemas = new LinkedHashMap<>();
            for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> part :
                    tree.path("$defs").properties()) {
                schemas.put(FILE + "." + part.getKey(), Json31.mapper().treeToValue(part.getValue(), JsonSchema.class));
            }
            tree.remove("$defs");
            tree.remove("$schema");
            schemas.put(FILE, Json31.mapper().treeToValue(tree, JsonSchema.class));
            return schemas;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
