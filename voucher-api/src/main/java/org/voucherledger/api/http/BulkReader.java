package org.voucherledger.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.domain.command.Malformed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a bulk request entry by entry, so that besides the commands that it holds only one entry of it is in memory. It stops
 * at the first entry too many.
 */
final class BulkReader {

    static final int MOST_ENTRIES = 1000;

    private static final String COMMANDS = "commands";
    private static final Set<String> ENVELOPE = Set.of(COMMANDS);

    private final Function<JsonNode, BulkEntry> entry;

    /** @param entry makes an entry of its JSON, whatever that is */
    BulkReader(Function<JsonNode, BulkEntry> entry) {
        this.entry = entry;
    }

    /**
     * The entries, in their order; or nothing of it is taken.
     *
     * @throws BadRequest if it is not JSON, or too large
     * @throws Malformed if it is not an object that holds the list and nothing else, or not so many
     */
    List<BulkEntry> read(InputStream body) throws IOException {
        try (JsonParser parser = StrictJson.MAPPER.createParser(body)) {
            return envelope(parser);
        } catch (JacksonIOException broken) {
            throw broken.getCause();
        } catch (JacksonException notJson) {
            throw CommandReader.unreadable(notJson);
        }
    }

    private List<BulkEntry> envelope(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first != null && first != JsonToken.START_OBJECT) {
            throw new Malformed("body", "must be a JSON object");
        }
        List<BulkEntry> entries = List.of();
        while (first != null && parser.nextToken() == JsonToken.PROPERTY_NAME) {
            BulkEntry.known(parser.currentName(), ENVELOPE);
            entries = list(parser);
        }
        if (parser.nextToken() != null) {
            var at = parser.currentTokenLocation();
            throw BadRequest.unreadable(at.getLineNr(), at.getColumnNr(), "something follows the object");
        }
        if (entries.isEmpty()) {
            throw noList();
        }
        return entries;
    }

    private List<BulkEntry> list(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw noList();
        }
        List<BulkEntry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == MOST_ENTRIES) {
                throw noList();
            }
            entries.add(entry.apply(parser.readValueAsTree()));
        }
        return entries;
    }

    private static Malformed noList() {
        return new Malformed(COMMANDS, "must be a list of 1 to " + MOST_ENTRIES + " entries");
    }
}
