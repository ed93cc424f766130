package org.voucherledger.api.tampering;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object that says something else than another, and is as well-formed as that one was. */
final class OtherJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OtherJson() {}

    /** A member altered, taken away or added, or only written otherwise. */
    static byte[] than(byte[] bytes, Hand hand) {
        ObjectNode object = (ObjectNode) JSON.readTree(bytes);
        List<String> members = new ArrayList<>(object.propertyNames());
        switch (members.isEmpty() ? 0 : hand.below(4)) {
            case 0 -> object.put("added" + hand.below(1_000), hand.below(1_000_000));
            case 1 -> object.remove(hand.oneOf(members));
            case 2 -> {
                return (new String(bytes, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
            }
            default -> alter(object, hand.oneOf(members), hand);
        }
        byte[] changed = JSON.writeValueAsBytes(object);
        return Arrays.equals(changed, bytes) ? than(bytes, hand) : changed;
    }

    private static void alter(ObjectNode object, String member, Hand hand) {
        JsonNode value = object.get(member);
        if (value.isIntegralNumber()) {
            object.put(member, value.asLong() + (hand.random().nextBoolean() ? 1 : -1) * (1L + hand.below(1_000_000)));
        } else if (value.isBoolean()) {
            object.put(member, !value.asBoolean());
        } else if (value.isString()) {
            object.put(member, value.asString() + hand.below(10));
        } else if (value instanceof ObjectNode inner && !inner.isEmpty()) {
            alter(inner, hand.oneOf(new ArrayList<>(inner.propertyNames())), hand);
        } else {
            object.put(member, hand.below(1_000_000));
        }
    }
}
