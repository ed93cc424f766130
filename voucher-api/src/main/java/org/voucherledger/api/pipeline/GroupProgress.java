package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.api.pipeline.CommandExecution.Outcome;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Trail;

/** How far a group has got: what each of its commands came to and, once its events have positions, what each is answered. */
final class GroupProgress {

    /**
     * One command's place in the group.
     *
     * @param outcome what it came to, or {@code null} if its key had been used before
     * @param keeps whether its answer is the one that the key stands for from now on
     * @param events how many events the group had recorded when it was done
     */
    private record Step(Received received, Outcome outcome, boolean keeps, int events) {}

    private final Map<AnswerKey, CommandAnswers.Given> given;
    private final Set<AnswerKey> used;
    private final CommandExecution execution;
    private final Function<CommandRequest, Optional<Decision>> documents;
    private final List<Step> steps = new ArrayList<>();
    private final List<CommandAnswers.Entry> toKeep = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    /** The group before, as long as its answers have not been taken over. */
    private GroupProgress before;

    private long position;

    /**
     * @param known the answers that were durable before this group
     * @param before what the group before came to, if that is not durable yet; {@code null} if it is
     * @param documents what refuses a command because of the documents that it names
     */
    GroupProgress(
            Map<AnswerKey, CommandAnswers.Given> known,
            GroupProgress before,
            Function<CommandRequest, Optional<Decision>> documents,
            CommandExecution execution) {
        this.given = new HashMap<>(known);
        this.used = new HashSet<>(known.keySet());
        this.before = before;
        if (before != null) {
            before.steps.stream().map(step -> step.received().key()).forEach(used::add);
        }
        this.execution = execution;
        this.documents = documents;
    }

    /** Checks in the order of ALL-02: the actor's role and party, then whether the key was used, then the domain's rules. */
    void run(Received received) {
        // What this command is decided by is kept with what it records, and with nothing of the next one's.
        Trail.begin(CurrentUnitOfWork.get());
        Optional<Decision> actorRefusal = execution.actorRefusal(received.request());
        boolean free = used.add(received.key());
        Outcome outcome = null;
        if (actorRefusal.isPresent()) {
            outcome = new Outcome.Denied(actorRefusal.get());
        } else if (free) {
            outcome = execution.execute(received, documents.apply(received.request()));
        }
        steps.add(new Step(received, outcome, free, LedgerEventStore.recordedInThisTransaction()));
    }

    /**
     * Makes the answers, in the order of the commands; those of the group before are durable.
     *
     * @param positions that of the log before the group, followed by that of each event of the group
     */
    void settle(List<Long> positions, AnswerJson json) {
        if (before != null) {
            before.toKeep.forEach(entry -> given.putIfAbsent(
                    entry.received().key(),
                    CommandAnswers.Given.to(entry.received().request(), entry.answer())));
            before = null;
        }
        for (Step step : steps) {
            position = positions.get(step.events());
            answers.add(answer(step, json));
        }
    }

    Instant lastReceivedAt() {
        // Batches take turns, so the last one need not be the one that was received last.
        return steps.stream()
                .map(step -> step.received().at())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The position of the log after the group. */
    long position() {
        return position;
    }

    List<Answer> answers() {
        return answers;
    }

    List<CommandAnswers.Entry> toKeep() {
        return toKeep;
    }

    private Answer answer(Step step, AnswerJson json) {
        Received received = step.received();
        Answer answer = switch (step.outcome()) {
            case null -> given.get(received.key()).to(received.request());
            case Outcome.Done done -> new Answer.Accepted(json.result(done.result()), position, received.at());
            case Outcome.Denied denied ->
                new Answer.Denied(AnswerJson.kept(denied.decision()), position, received.at());
        };
        if (step.keeps()) {
            given.put(received.key(), CommandAnswers.Given.to(received.request(), answer));
            toKeep.add(new CommandAnswers.Entry(received, answer));
        }
        return answer;
    }
}
