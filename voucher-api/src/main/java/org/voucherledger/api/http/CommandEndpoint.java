package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Asker;
import org.voucherledger.domain.command.Malformed;
import tools.jackson.databind.node.ObjectNode;

/** Takes the command of one route; all routes are served alike. */
class CommandEndpoint {

    /** Names the party acted for, where the token leaves it open. */
    static final String ON_BEHALF_OF = "On-Behalf-Of";

    private static final int USUAL_AFFECTED = 50;
    private static final int MOST_AFFECTED = 500;

    private final CommandRoute route;
    private final CommandGate gate;
    private final DryRun dryRun;
    private final Consequences consequences;
    private final ProblemWriter problems;

    CommandEndpoint(
            CommandRoute route, CommandGate gate, DryRun dryRun, Consequences consequences, ProblemWriter problems) {
        this.route = route;
        this.gate = gate;
        this.dryRun = dryRun;
        this.consequences = consequences;
        this.problems = problems;
    }

    @ResponseBody
    ResponseEntity<byte[]> answer(HttpServletRequest request, @PathVariable Map<String, String> pathVariables)
            throws IOException, TimeoutException {
        Language language = Language.preferred(request.getHeader("Accept-Language"));
        Asker asker = ActorAuthentication.asker(request.getUserPrincipal(), request.getHeader(ON_BEHALF_OF));
        ObjectNode body = CommandReader.object(RequestBody.json(request, RequestBody.MOST_BYTES_OF_A_COMMAND));
        CommandReader.Read read = CommandReader.read(route, pathVariables, body);
        if (QueryFlag.isOn(request, Explained.PARAMETER)) {
            return explained(request, asker, read, language);
        }
        String key = IdempotencyKey.check(IdempotencyKey.HEADER, request.getHeader(IdempotencyKey.HEADER));
        if (QueryFlag.isOn(request, WholeRun.PARAMETER)) {
            if (!CommandReader.takesAtMost(route)) {
                throw new Malformed(WholeRun.PARAMETER, "is only for commands that decide so many at a time");
            }
            return new WholeRun(gate, route, read).run(asker, key, language).entity(problems);
        }
        return gate.submit(asker, key, read).await(language).entity(problems);
    }

    private ResponseEntity<byte[]> explained(
            HttpServletRequest request, Asker asker, CommandReader.Read read, Language language)
            throws TimeoutException {
        String cursor = QueryFlag.text(request, "cursor", "");
        int limit = QueryFlag.number(request, "limit", USUAL_AFFECTED, 1, MOST_AFFECTED);
        DryRun.Explanation explanation = dryRun.of(asker.actor(), asker.mandate(), read.command());
        Map<String, Object> members = Explained.members(explanation, language);
        members.put("affected", consequences.of(explanation, cursor, limit));
        return Reply.json(members);
    }
}
