package org.voucherledger.api.pipeline;

import java.time.Instant;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How an answer is kept: what is read back equals what was given, to the letter. */
final class AnswerJson {

    private final JsonMapper json;

    AnswerJson(JsonMapper json) {
        this.json = json;
    }

    /** What a handler answered, as JSON text. */
    String result(Object result) {
        return json.writeValueAsString(result);
    }

    String write(Answer.Accepted answer) {
        return "{\"result\":" + answer.result() + "}";
    }

    String write(Answer.Denied answer) {
        Decision decision = answer.decision();
        ObjectNode node = json.createObjectNode();
        node.put("rule", decision.rule().name());
        node.put("stage", decision.stage().name());
        node.put("about", decision.about());
        put(node, "limit", decision.limit());
        put(node, "used", decision.used());
        put(node, "asked", decision.asked());
        return json.writeValueAsString(node);
    }

    Answer.Accepted readAccepted(String text, long position, Instant receivedAt) {
        // The result is cut out of the text, not parsed and written again, so that it stays the same to the letter.
        String result = text.substring("{\"result\":".length(), text.length() - 1);
        return new Answer.Accepted(result, position, receivedAt);
    }

    Answer.Denied readDenied(String text, long position, Instant receivedAt) {
        JsonNode node = json.readTree(text);
        var decision = new Decision(
                Rule.valueOf(node.get("rule").asString()),
                Check.valueOf(node.get("stage").asString()),
                node.get("about").asString(),
                false,
                figure(node.get("limit")),
                figure(node.get("used")),
                figure(node.get("asked")));
        return new Answer.Denied(decision, position, receivedAt);
    }

    /** The decision with figures of the two kinds that can be kept: whole numbers and texts. */
    static Decision kept(Decision decision) {
        return new Decision(
                decision.rule(),
                decision.stage(),
                decision.about(),
                decision.allowed(),
                kept(decision.limit()),
                kept(decision.used()),
                kept(decision.asked()));
    }

    private static Object kept(Object figure) {
        return switch (figure) {
            case Long whole -> whole;
            case Integer whole -> whole.longValue();
            case Object other -> other.toString();
        };
    }

    private static void put(ObjectNode node, String name, Object figure) {
        if (figure instanceof Long whole) {
            node.put(name, whole);
        } else {
            node.put(name, (String) figure);
        }
    }

    private static Object figure(JsonNode node) {
        return node.isIntegralNumber() ? (Object) node.longValue() : node.asString();
    }
}
