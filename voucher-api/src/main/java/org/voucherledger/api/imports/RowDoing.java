package org.voucherledger.api.imports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.Words;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.projections.projection.Json;

/**
 * Brings the ledger to what rows say, as the actor who handed them in: each row's commands go through the pipeline, one after
 * the other, beside those of the other rows.
 *
 * <p>A command's key is made of what it says and of how long the party's stream was, so that the same row found in the same
 * state is the same command, however often it is asked; and a row that says again what was changed back in between counts
 * anew.
 */
@Component
class RowDoing {

    private static final int TRIES = 3;
    private static final int PAUSE_MILLIS = 200;

    private final PartyStreams streams;
    private final CommandPipeline pipeline;
    private final DryRun dryRun;

    RowDoing(PartyStreams streams, CommandPipeline pipeline, DryRun dryRun) {
        this.streams = streams;
        this.pipeline = pipeline;
        this.dryRun = dryRun;
    }

    /** What rows came to. */
    record Outcome(long done, long unchanged, List<RowFlaw> refusals) {
        long refused() {
            return refusals.size();
        }
    }

    /** A row on its way: what is left of its steps. */
    private static final class Going {

        private final Wanted row;
        private final List<Command> steps;
        private final int length;
        private RowFlaw refusal;
        private CommandRequest asked;
        private CompletableFuture<Answer> answer;

        Going(Wanted row, List<Command> steps, int length) {
            this.row = row;
            this.steps = new ArrayList<>(steps);
            this.length = length;
        }

        boolean goesOn() {
            return refusal == null && !steps.isEmpty();
        }
    }

    /** Does them. Each step waits until the one before it is durable. */
    Outcome carryOut(Actor actor, List<Wanted> rows) {
        return outcome(rows, all -> {
            for (List<Going> next = going(all); !next.isEmpty(); next = going(all)) {
                next.forEach(row -> submit(actor, row));
                next.forEach(this::await);
            }
        });
    }

    /**
     * Asks what a rule would say to each row's first step, and does nothing. The later steps of a row build on it and cannot
     * be asked before it is done; what could refuse them is looked at when the row is read.
     */
    Outcome rehearse(Actor actor, List<Wanted> rows) {
        return outcome(
                rows,
                all -> going(all).forEach(row -> {
                    Decision refusal = dryRun.of(actor, actor.onBehalfOf(), row.steps.getFirst())
                            .refusal();
                    row.refusal = refusal == null ? null : flaw(row.row, refusal);
                }));
    }

    private Outcome outcome(List<Wanted> rows, java.util.function.Consumer<List<Going>> doing) {
        Map<String, PartyStream> found =
                streams.of(rows.stream().map(Wanted::stream).toList());
        var refusals = new ArrayList<RowFlaw>();
        var all = new ArrayList<Going>();
        long unchanged = 0;
        for (Wanted row : rows) {
            PartyStream now = found.getOrDefault(row.stream(), PartyStream.NOTHING);
            try {
                List<Command> steps = row.steps(now);
                if (steps.isEmpty()) {
                    unchanged++;
                } else {
                    all.add(new Going(row, steps, now.events().size()));
                }
            } catch (RowRefused older) {
                refusals.add(older.flaw(row));
            }
        }
        doing.accept(all);
        long done = 0;
        for (Going row : all) {
            if (row.refusal == null) {
                done++;
            } else {
                refusals.add(row.refusal);
            }
        }
        return new Outcome(done, unchanged, refusals);
    }

    private static List<Going> going(List<Going> all) {
        return all.stream().filter(Going::goesOn).toList();
    }

    private void submit(Actor actor, Going row) {
        Command step = row.steps.removeFirst();
        String said = step.getClass().getSimpleName() + "\n" + Json.write(step);
        // The space keeps it apart from every key that a client can give.
        row.asked = new CommandRequest(
                actor, "import " + sha256(row.row.stream() + "\n" + row.length + "\n" + said), sha256(said), step);
        row.answer = pipeline.submit(row.asked);
    }

    private void await(Going row) {
        for (int faults = 0; ; ) {
            try {
                switch (row.answer.get()) {
                    case Answer.Accepted accepted -> {
                        return;
                    }
                    case Answer.Denied denied -> {
                        row.refusal = flaw(row.row, denied.decision());
                        return;
                    }
                    case Answer.Overloaded overloaded -> TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    case Answer.KeyReused reused ->
                        throw new IllegalStateException("the key of a row stands for something else: " + reused);
                }
            } catch (ExecutionException fault) {
                // Whether it was done is unknown until the same key is asked again.
                if (++faults == TRIES) {
                    throw new IllegalStateException("row " + row.row.line() + " could not be done", fault.getCause());
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new ImportRun.Stopped();
            }
            row.answer = pipeline.submit(row.asked);
        }
    }

    private static RowFlaw flaw(Wanted row, Decision refusal) {
        return new RowFlaw(
                row.line(),
                "",
                refusal.rule().id() + ":" + refusal.about(),
                new Words(detail(refusal, Language.ZH), detail(refusal, Language.EN)),
                row.party());
    }

    private static String detail(Decision refusal, Language language) {
        return String.valueOf(Problems.of(refusal, language).members().get("detail"));
    }

    private static String sha256(String text) {
        return CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
