package org.voucherledger.api.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.OutcomeUnknown;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.security.Asker;

/** Hands commands to the pipeline and waits for what became of them. */
@Component
class CommandGate {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int ASK_AGAIN_AFTER_SECONDS = 5;

    private final CommandPipeline pipeline;

    CommandGate(CommandPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Submits the command; commands are done in the order in which they are submitted. */
    Pending submit(Asker asker, String key, CommandReader.Read read) {
        return new Pending(
                pipeline.submit(new CommandRequest(asker.actor(), asker.mandate(), key, read.sha256(), read.command())),
                System.nanoTime() + LONGEST_WAIT.toNanos());
    }

    /**
     * A command on its way.
     *
     * @param waitUntil by {@link System#nanoTime()}
     */
    record Pending(CompletableFuture<Answer> future, long waitUntil) {

        /** Whether it was turned away at once: nothing was received. */
        boolean turnedAway() {
            return future.isDone() && !future.isCompletedExceptionally() && future.join() instanceof Answer.Overloaded;
        }

        /**
         * Waits until the outcome is durable. An outage, a stop of the ledger or a wait that takes too long leaves the
         * outcome unknown until the same key is asked again, and the caller is told so.
         */
        Reply await(Language language) {
            try {
                return Reply.of(future.get(Math.max(0, waitUntil - System.nanoTime()), TimeUnit.NANOSECONDS), language);
            } catch (TimeoutException late) {
                return new Reply.NotDone(Problems.outcomeUnknown(ASK_AGAIN_AFTER_SECONDS, language));
            } catch (ExecutionException ended) {
                return new Reply.NotDone(
                        ended.getCause() instanceof OutcomeUnknown
                                ? Problems.outcomeUnknown(ASK_AGAIN_AFTER_SECONDS, language)
                                : Problems.ofFault(ended.getCause(), language));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return new Reply.NotDone(Problems.outcomeUnknown(ASK_AGAIN_AFTER_SECONDS, language));
            }
        }
    }
}
