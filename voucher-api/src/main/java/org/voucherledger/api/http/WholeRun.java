package org.voucherledger.api.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.security.Asker;
import tools.jackson.databind.JsonNode;

/**
 * Repeats a command that decides so many at a time until it says that it is done.
 *
 * <p>Each step has its own key, made from the caller's and its number, so the run can be asked for again at any time under
 * the caller's one key: steps that were done answer what they answered, and the run goes on where it stopped.
 */
final class WholeRun {

    static final String PARAMETER = "whole";

    private static final String DONE = "done";

    private final CommandGate gate;
    private final CommandRoute route;
    private final CommandReader.Read read;

    WholeRun(CommandGate gate, CommandRoute route, CommandReader.Read read) {
        this.gate = gate;
        this.route = route;
        this.read = read;
    }

    /** The last step's answer with every count summed over the steps, or the first step's problem that was not done. */
    Reply run(Asker asker, String key, Language language) {
        Map<String, Object> sums = new LinkedHashMap<>();
        for (int step = 1; ; step++) {
            Reply reply =
                    gate.submit(asker, IdempotencyKey.ofStep(key, step), read).await(language);
            switch (reply) {
                case Reply.NotDone notDone -> {
                    return new Reply.NotDone(notDone.problem().with("stepsDone", step - 1));
                }
                case Reply.Done done -> {
                    Answer.Accepted answer = done.answer();
                    JsonNode result = StrictJson.MAPPER.readTree(answer.result());
                    if (!result.path(DONE).isBoolean()) {
                        throw new IllegalStateException(route.name() + " does not say whether it is done: " + result);
                    }
                    add(result, sums);
                    if (result.path(DONE).booleanValue()) {
                        sums.put("steps", step);
                        String whole = StrictJson.MAPPER.writeValueAsString(sums);
                        return new Reply.Done(new Answer.Accepted(whole, answer.position(), answer.receivedAt()));
                    }
                }
            }
        }
    }

    private static void add(JsonNode result, Map<String, Object> sums) {
        result.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isIntegralNumber()) {
                sums.merge(member.getKey(), value.longValue(), (a, b) -> (Long) a + (Long) b);
            } else {
                sums.put(member.getKey(), value);
            }
        });
    }
}
