package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;

/**
 * Takes many commands in one request.
 *
 * <p>All entries are received when the request is, and done in the order of the list, so that an entry may build on earlier
 * ones. Each entry has its own key and its own answer; none harms another.
 */
@RestController
class BulkEndpoint {

    static final String PATH = CommandRoute.BASE + "/commands";

    /** Each may be large: so many are read into memory at once, and whoever comes then waits a little or comes again. */
    static final int READ_AT_ONCE = 4;

    private static final Duration LONGEST_WAIT_TO_BE_READ = Duration.ofSeconds(2);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final CommandGate gate;
    private final ProblemWriter problems;
    private final Semaphore reading = new Semaphore(READ_AT_ONCE, true);

    BulkEndpoint(CommandGate gate, ProblemWriter problems) {
        this.gate = gate;
        this.problems = problems;
    }

    @PostMapping(PATH)
    ResponseEntity<byte[]> answer(HttpServletRequest request) throws IOException, InterruptedException {
        Language language = Language.preferred(request.getHeader("Accept-Language"));
        if (!reading.tryAcquire(LONGEST_WAIT_TO_BE_READ.toMillis(), TimeUnit.MILLISECONDS)) {
            return problems.entity(Problems.of(new Answer.Overloaded(RETRY_AFTER_SECONDS), language));
        }
        List<BulkEntry> entries;
        try {
            entries = read(request, language);
        } finally {
            reading.release();
        }
        return Reply.json(Map.of("answers", answers(entries, submit(entries), language)));
    }

    private static List<BulkEntry> read(HttpServletRequest request, Language language) throws IOException {
        Principal caller = request.getUserPrincipal();
        return new BulkReader(entry -> BulkEntry.of(entry, caller, language))
                .read(RequestBody.jsonAsItComes(request, RequestBody.MOST_BYTES_OF_A_BULK));
    }

    /**
     * What became of each entry that could be read, {@code null} for the others. Once one is turned away the rest are too: none
     * may overtake an earlier one that it builds on.
     */
    private List<CommandGate.Pending> submit(List<BulkEntry> entries) {
        List<CommandGate.Pending> pending = new ArrayList<>(entries.size());
        CommandGate.Pending turnedAway = null;
        for (BulkEntry entry : entries) {
            if (entry.unread() != null) {
                pending.add(null);
                continue;
            }
            CommandGate.Pending submitted = turnedAway == null ? entry.submit(gate) : turnedAway;
            if (submitted.turnedAway()) {
                turnedAway = submitted;
            }
            pending.add(submitted);
        }
        return pending;
    }

    private static List<Map<String, Object>> answers(
            List<BulkEntry> entries, List<CommandGate.Pending> pending, Language language) {
        List<Map<String, Object>> answers = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            BulkEntry entry = entries.get(i);
            Reply reply = entry.unread() == null ? pending.get(i).await(language) : entry.unread();
            answers.add(reply.entry(entry.key()));
        }
        return answers;
    }
}
