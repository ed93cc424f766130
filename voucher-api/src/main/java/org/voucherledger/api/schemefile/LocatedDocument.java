package org.voucherledger.api.schemefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * What a file says, and where it says it.
 *
 * @param root the content as JSON, in the classes of the schema validator's Jackson
 * @param places by JSON pointer; a member's place is that of its name
 */
record LocatedDocument(JsonNode root, Map<String, Place> places) {

    /** The place of what the pointer names, or of the nearest thing around it that the file has. */
    Place placeOf(String pointer) {
        String near = pointer;
        while (!near.isEmpty() && !places.containsKey(near)) {
            near = near.substring(0, near.lastIndexOf('/'));
        }
        return places.getOrDefault(near, Place.START);
    }

    /** Collects the places while a file is read. */
    static final class Places {

        private final Map<String, Place> byPointer = new HashMap<>();

        void put(String pointer, Place place) {
            byPointer.putIfAbsent(pointer, place);
        }

        LocatedDocument document(JsonNode root) {
            return new LocatedDocument(root, Map.copyOf(byPointer));
        }

        static String member(String parent, String name) {
            return parent + "/" + name.replace("~", "~0").replace("/", "~1");
        }
    }
}
