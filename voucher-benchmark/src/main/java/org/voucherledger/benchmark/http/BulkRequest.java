package org.voucherledger.benchmark.http;

import java.util.List;
import org.voucherledger.api.pipeline.CommandRequest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Many commands in one request, each with its own key and its own answer. */
final class BulkRequest {

    /** The ledger takes no more. */
    static final int MOST = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DONE = "\"status\":200";

    private BulkRequest() {}

    static String of(List<CommandRequest> requests) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode entries = body.putArray("commands");
        for (CommandRequest request : requests) {
            ObjectNode entry = entries.addObject();
            entry.put("key", request.idempotencyKey());
            entry.put("type", request.command().getClass().getSimpleName());
            if (!request.actor().onBehalfOf().isEmpty()) {
                entry.put("onBehalfOf", request.actor().onBehalfOf());
            }
            entry.set("body", JSON.valueToTree(request.command()));
        }
        return body.toString();
    }

    /** Whether so many commands were all done; counted in the text, because reading it would cost the server's processors. */
    static boolean isDone(String answer, int commands) {
        int done = 0;
        for (int at = answer.indexOf(DONE); at >= 0; at = answer.indexOf(DONE, at + 1)) {
            done++;
        }
        return done == commands;
    }
}
