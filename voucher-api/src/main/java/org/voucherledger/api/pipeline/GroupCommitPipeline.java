package org.voucherledger.api.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerStore;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs all commands in one lane, many to a commit.
 *
 * <p>One thread takes what is waiting, up to {@link #GROUP} commands, runs it in one transaction and answers after the commit.
 * The busier it gets the larger the groups, so a rush costs commits, not waiting for locks.
 *
 * <p>Receipt is ordered within one instance. Several instances may share a database: the lane's lock orders their groups and
 * the key of a command is done once by whoever gets it, but between them the order of stamps is only as good as their clocks.
 */
public final class GroupCommitPipeline implements CommandPipeline, AutoCloseable {

    /** Beyond this the commit is a small part of the work, and whoever is first waits for the last. */
    static final int GROUP = 64;

    private static final int LANE = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitPipeline.class);
    /** What the process ends with when the lane is broken; what keeps it running starts it again. */
    static final int LANE_BROKEN = 70;

    private static final int RETRY_AFTER_SECONDS = 1;
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);

    private final Intake intake;
    private final GroupRunner runner;
    private final IntConsumer halt;
    private final Thread lane;
    /** Whoever waits is woken here and not in the lane, which has the next group to run. */
    private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();

    /** @param halt ends the process at once, with this status */
    GroupCommitPipeline(Intake intake, CommandGroup transaction, Duration patience, IntConsumer halt) {
        this.intake = intake;
        this.runner = new GroupRunner(transaction, answering, patience);
        this.halt = halt;
        this.lane = Thread.ofPlatform().name("lane-" + LANE).start(this::work);
    }

    /**
     * Starts the lane over a migrated database.
     *
     * @param handlers the domain's command handlers, over the repositories of the same store
     * @param halt ends the process at once, with this status: nothing else may be done when the lane is broken
     */
    public static GroupCommitPipeline over(
            LedgerStore store,
            JdbcTemplate sql,
            Collection<?> handlers,
            NamedDocuments documents,
            LedgerClock clock,
            int capacity,
            IntConsumer halt) {
        var json = new AnswerJson(JsonMapper.builder().build());
        var answers = new CommandAnswers(sql, json);
        var transaction = new CommandGroup(
                LANE, store, sql, answers, json, new CommandExecution(handlers), documents, new RecordingClock(clock));
        return new GroupCommitPipeline(
                new Intake(clock, capacity, CommandGroup.lastReceived(sql, LANE)), transaction, PATIENCE, halt);
    }

    @Override
    public CompletableFuture<Answer> submit(CommandRequest request) {
        return intake.admit(request)
                .orElseGet(() -> CompletableFuture.completedFuture(new Answer.Overloaded(RETRY_AFTER_SECONDS)));
    }

    /** Takes nothing in any more and ends when what was taken in is done, or after a while. */
    @Override
    public void close() {
        intake.close();
        try {
            lane.join(SHUTDOWN);
            lane.interrupt();
            lane.join(SHUTDOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answering.close();
    }

    private void work() {
        List<Received> group = List.of();
        try {
            for (group = intake.next(GROUP); !group.isEmpty(); group = intake.next(GROUP)) {
                runner.run(group);
            }
        } catch (InterruptedException e) {
            LOG.warn("The lane was interrupted; what was still waiting is not answered.");
        } catch (RuntimeException | Error broken) {
            end(broken);
        } finally {
            intake.close();
            var stopped = new OutcomeUnknown("the ledger was stopped");
            group.forEach(left -> left.promise().completeExceptionally(stopped));
            intake.rest().forEach(left -> left.promise().completeExceptionally(stopped));
        }
    }

    /**
     * A program without its lane would look alive and turn everybody away, and what an Error left in memory can be trusted no
     * more. What was acknowledged is durable; the next start goes on from there.
     */
    private void end(Throwable broken) {
        try {
            LOG.error("The lane is broken; the process ends with status {}.", LANE_BROKEN, broken);
        } finally {
            halt.accept(LANE_BROKEN);
        }
    }
}
