package org.voucherledger.api.http;

import java.util.ArrayDeque;
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
 * the caller's one key: steps that were done answer what they answered, and the run goes on where it stopped. While a step says that
 * the next one will not be the last, two are under way: one is decided while the other is written.
 */
final class WholeRun {

    static final String PARAMETER = "whole";

    private static final String DONE = "done";
    private static final String BEYOND_NEXT = "beyondNext";

    private final CommandGate gate;
    private final CommandRoute route;
    private final CommandReader.Read read;

    WholeRun(CommandGate gate, CommandRoute route, CommandReader.Read read) {
        this.gate = gate;
        this.route = route;
        this.read = read;
    }

    /**
     * The answer of the step that says that it is done, with every count summed over the steps; or the problem of the first that was
     * not done. Whatever is under way is waited for, so that what was done counts.
     */
    Reply run(Asker asker, String key, Language language) {
        Map<String, Object> sums = new LinkedHashMap<>();
        var underWay = new ArrayDeque<CommandGate.Pending>();
        int submitted = 0;
        int until = 1;
        int stepsDone = 0;
        Answer.Accepted last = null;
        Reply.NotDone problem = null;
        for (int step = 1; ; step++) {
            // Behind a step that was turned away nothing is asked for.
            while (last == null
                    && problem == null
                    && submitted < until
                    && (underWay.isEmpty() || !underWay.getLast().turnedAway())) {
                underWay.add(submit(asker, key, ++submitted));
            }
            if (underWay.isEmpty()) {
                return last == null
                        ? new Reply.NotDone(problem.problem().with("stepsDone", stepsDone))
                        : whole(sums, stepsDone, last);
            }
            switch (underWay.remove().await(language)) {
                case Reply.NotDone notDone -> problem = problem == null ? notDone : problem;
                case Reply.Done done -> {
                    JsonNode result = StrictJson.MAPPER.readTree(done.answer().result());
                    if (!result.path(DONE).isBoolean()) {
                        throw new IllegalStateException(route.name() + " does not say whether it is done: " + result);
                    }
                    stepsDone++;
                    add(result, sums);
                    if (result.path(DONE).booleanValue()) {
                        last = done.answer();
                    }
                    until = step + (result.path(BEYOND_NEXT).asBoolean(false) ? 2 : 1);
                }
            }
        }
    }

    private static Reply.Done whole(Map<String, Object> sums, int steps, Answer.Accepted last) {
        sums.put(DONE, true);
        sums.put("steps", steps);
        String result = StrictJson.MAPPER.writeValueAsString(sums);
        return new Reply.Done(new Answer.Accepted(result, last.position(), last.receivedAt()));
    }

    private CommandGate.Pending submit(Asker asker, String key, int step) {
        return gate.submit(asker, IdempotencyKey.ofStep(key, step), read);
    }

    private static void add(JsonNode result, Map<String, Object> sums) {
        result.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isIntegralNumber()) {
                sums.merge(member.getKey(), value.longValue(), (a, b) -> (Long) a + (Long) b);
            } else if (!member.getKey().equals(BEYOND_NEXT)) {
                sums.put(member.getKey(), value);
            }
        });
    }
}
