package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.pipeline.RehearsalClock;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.domain.command.Field;

/** Sets the clock of a rehearsal, forward only. Without {@code --rehearsal} this does not exist: no client sets a real clock. */
@RestController
@ConditionalOnExpression("!'${ledger.rehearsal:}'.isBlank()")
class RehearsalEndpoint {

    static final String PATH = CommandRoute.BASE + "/rehearsal/clock";

    private final RehearsalClock clock;
    private final ProblemWriter problems;

    RehearsalEndpoint(LedgerClock clock, ProblemWriter problems) {
        this.clock = (RehearsalClock) clock;
        this.problems = problems;
    }

    /** What the clock reads. */
    record Reading(Instant now) {
        Reading {
            Field.given("now", now);
        }
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> reading() {
        return Reply.json(Map.of("now", clock.now().toString()));
    }

    @PutMapping(PATH)
    @PreAuthorize("hasRole('SYSTEM')")
    ResponseEntity<byte[]> forward(HttpServletRequest request) throws IOException {
        byte[] body = RequestBody.json(request, RequestBody.MOST_BYTES_OF_A_COMMAND);
        clock.forwardTo(
                StrictJson.value(CommandReader.object(body), Reading.class).now());
        return reading();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> turnedBack(RehearsalClock.ClockTurnedBack back, HttpServletRequest request) {
        return problems.entity(Problems.ofRequest(
                409,
                "ClockTurnedBack",
                Language.preferred(request.getHeader("Accept-Language")),
                "演练时钟只能向前。",
                "The clock of a rehearsal only moves forward: " + back.getMessage()));
    }
}
