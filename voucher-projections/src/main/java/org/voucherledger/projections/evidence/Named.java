package org.voucherledger.projections.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/** Goes over the texts of a JSON object, each with the name under which it stands; a text in an array stands under the array's. */
public final class Named {

    /** Hears each text. */
    @FunctionalInterface
    interface Hears {
        /** @param depth 1 for a member of the object itself */
        void text(String name, String text, int depth);
    }

    /** A leaf that could be sealed can be read here too. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Map<String, String> STREAMS =
            Map.of("voucherId", "voucher:", "voucherIds", "voucher:", "claimId", "claim:");

    private Named() {}

    /** The text that is a member of this object itself; none where there is no such text, or this is no object. */
    public static Optional<String> of(byte[] object, String member) {
        var found = new ArrayList<String>();
        readIfItIsOne(object, (name, text, depth) -> {
            if (depth == 1 && name.equals(member)) {
                found.add(text);
            }
        });
        return found.stream().findFirst();
    }

    /** Every stream of a voucher or a claim that is named anywhere in this object. */
    public static void streams(byte[] object, Consumer<String> named) {
        readIfItIsOne(object, (name, text, depth) -> {
            String kind = STREAMS.get(name);
            if (kind != null) {
                named.accept(kind + text);
            }
        });
    }

    private static void readIfItIsOne(byte[] object, Hears hears) {
        try {
            read(object, hears);
        } catch (JacksonException changed) {
            // It names nothing. That somebody has changed it is told by whoever holds it against what was sealed.
        }
    }

    /** @param object one JSON object, as a leaf has it */
    static void read(byte[] object, Hears hears) {
        String text = new String(object, StandardCharsets.UTF_8);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    TokenStreamContext at = parser.streamReadContext();
                    String name = at.inArray() ? at.getParent().currentName() : at.currentName();
                    if (name != null) { // an array within an array has none
                        hears.text(name, parser.getString(), at.getNestingDepth());
                    }
                }
            }
        }
    }
}
