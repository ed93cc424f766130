package org.voucherledger.api.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;

/** Remembers what was submitted and answers what the test says. */
final class RecordingPipeline implements CommandPipeline {

    private final List<CommandRequest> submitted = new CopyOnWriteArrayList<>();
    private volatile Function<CommandRequest, CompletableFuture<Answer>> answers;

    void reset() {
        submitted.clear();
        answerWith(request -> new Answer.Accepted("{\"ok\":true}", 7, HttpApplication.RECEIVED_AT));
    }

    void answerWith(Function<CommandRequest, Answer> answer) {
        answers = request -> CompletableFuture.completedFuture(answer.apply(request));
    }

    /** For whoever completes the answers themselves. */
    void promise(Function<CommandRequest, CompletableFuture<Answer>> promises) {
        answers = promises;
    }

    void failWith(RuntimeException fault) {
        answers = request -> CompletableFuture.failedFuture(fault);
    }

    List<CommandRequest> submitted() {
        return List.copyOf(submitted);
    }

    @Override
    public CompletableFuture<Answer> submit(CommandRequest request) {
        submitted.add(request);
        return answers.apply(request);
    }
}
