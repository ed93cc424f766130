package org.voucherledger.api.settlementimport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.OutcomeUnknown;
import org.voucherledger.api.security.Asker;
import org.voucherledger.api.settlementimport.Finding.Kind;
import org.voucherledger.api.settlementimport.Reconciliation.Payment;
import org.voucherledger.domain.party.Document;

/**
 * Settles payments in their order and says of each line what became of it, whatever happens on the way (GZ-43).
 *
 * <p>They are asked in waves, the next when the one before is answered, so that a file leaves room in the queue for others. With
 * the first that the queue does not take, nothing behind it is asked, for it would be refused as out of turn (CL-03). What was
 * not asked, or not answered in time, is asked again by the same file under the same key, and nothing is done twice.
 */
@Component
class Settlements {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);

    /** Far below the queue, and enough for one commit to carry many. */
    private static final int MOST_AT_ONCE = 256;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CommandPipeline pipeline;
    private final int mostAtOnce;
    private final Duration patience;

    @Autowired
    Settlements(CommandPipeline pipeline) {
        this(pipeline, MOST_AT_ONCE, PATIENCE);
    }

    /** @param patience how long a wave may take */
    Settlements(CommandPipeline pipeline, int mostAtOnce, Duration patience) {
        this.pipeline = pipeline;
        this.mostAtOnce = mostAtOnce;
        this.patience = patience;
    }

    /** A finding for each line of the payments, by its number in the file. */
    Map<Integer, Finding> settle(List<Payment> payments, Asker asker, String attempt) {
        Map<Integer, Finding> found = new HashMap<>();
        boolean goesOn = true;
        for (int from = 0; from < payments.size(); from += mostAtOnce) {
            List<Payment> wave = payments.subList(from, Math.min(from + mostAtOnce, payments.size()));
            goesOn = goesOn && settleWave(wave, asker, attempt, found);
            wave.forEach(payment -> payment.lines()
                    .forEach(line -> found.putIfAbsent(
                            line.line(), Finding.of(line, Kind.NOT_ASKED, "", "not received yet; ask again"))));
        }
        return found;
    }

    /** Whether all of it was received and answered, so that the next may follow. */
    private boolean settleWave(List<Payment> wave, Asker asker, String attempt, Map<Integer, Finding> found) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (Payment payment : wave) {
            CompletableFuture<Answer> answer = pipeline.submit(request(payment, asker, attempt));
            if (isOverloaded(answer)) {
                break;
            }
            answers.add(answer);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        boolean answered = answers.size() == wave.size();
        for (int i = 0; i < answers.size(); i++) {
            for (BankLine line : wave.get(i).lines()) {
                Finding finding = found(line, answers.get(i), deadline);
                found.put(line.line(), finding);
                answered &= finding.kind() != Kind.NOT_KNOWN && finding.kind() != Kind.NOT_RECORDED;
            }
        }
        return answered;
    }

    /** A full queue answers at once. */
    private static boolean isOverloaded(CompletableFuture<Answer> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally() && answer.join() instanceof Answer.Overloaded;
    }

    private static Finding found(BankLine line, CompletableFuture<Answer> answer, long deadline) {
        try {
            return switch (answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                case Answer.Accepted done -> Finding.of(line, Kind.SETTLED, "", "");
                case Answer.Denied denied -> Reconciliation.notPayable(line, denied.decision());
                case Answer.KeyReused reused ->
                    Finding.of(line, Kind.KEY_REUSED, "a key of its own for another file", reused.idempotencyKey());
                case Answer.Overloaded overloaded ->
                    Finding.of(line, Kind.NOT_ASKED, "", "not received yet; ask again");
            };
        } catch (TimeoutException late) {
            return notKnown(line);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return notKnown(line);
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof OutcomeUnknown) {
                return notKnown(line);
            }
            LOG.error("Cannot be settled: line {}, claim {}", line.line(), line.claimId(), fault.getCause());
            return Finding.of(line, Kind.NOT_RECORDED, "", "a fault of the ledger; nothing was done");
        }
    }

    private static Finding notKnown(BankLine line) {
        return Finding.of(line, Kind.NOT_KNOWN, "", "received and may still be done; ask again");
    }

    private static CommandRequest request(Payment payment, Asker asker, String attempt) {
        String what =
                payment.claimId() + "\n" + payment.bankReference() + "\n" + payment.paidOn() + "\n" + payment.reason();
        String content = what + "\n"
                + payment.lines().stream().map(BankLine::voucherId).sorted().toList()
                + payment.slips().stream().map(Document::toString).sorted().toList();
        String sha256 = sha256(content);
        return new CommandRequest(
                asker.actor(),
                asker.mandate(),
                "settlement-" + sha256(attempt + "\n" + what),
                sha256,
                payment.command());
    }

    private static String sha256(String text) {
        return CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
