package org.voucherledger.api.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerStore;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs all commands in one lane, many to a commit.
 *
 * <p>One thread takes what is waiting, up to {@link #GROUP} commands, and decides it; another writes it in one transaction, while the
 * first decides what has come meanwhile. The busier it gets the larger the groups, so a rush costs commits, not waiting for
 * locks.
 *
 * <p>Receipt is ordered within one instance. Several instances may share a database: the lane's lock orders their groups and
 * the key of a command is done once by whoever gets it, but between them the order of stamps is only as good as their clocks.
 */
public final class GroupCommitPipeline implements CommandPipeline, AutoCloseable {

    /** Beyond this the commit is a small part of the work, and whoever is first waits for the last. */
    static final int GROUP = 128;

    private static final int LANE = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitPipeline.class);
    /** What the process ends with when the lane is broken; what keeps it running starts it again. */
    static final int LANE_BROKEN = 70;

    private static final int RETRY_AFTER_SECONDS = 1;
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);

    private final Intake intake;
    private final Lane lane;
    private final IntConsumer halt;
    private final Thread deciding;
    /** Whoever waits is woken here and not in the lane, which has the next group to run. */
    private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();

    /** @param halt ends the process at once, with this status */
    GroupCommitPipeline(Intake intake, Desk desk, CommandGroup transaction, Duration patience, IntConsumer halt) {
        this.intake = intake;
        this.lane = new Lane(desk, transaction, new GroupRunner(transaction, answering, patience));
        this.halt = halt;
        this.deciding = Thread.ofPlatform().name("lane-" + LANE).start(this::work);
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
        var desk = new Desk(store, sql, answers, new CommandExecution(handlers), documents, new RecordingClock(clock));
        return new GroupCommitPipeline(
                new Intake(clock, capacity, CommandGroup.lastReceived(sql, LANE)),
                desk,
                new CommandGroup(LANE, store, sql, answers, json, desk),
                PATIENCE,
                halt);
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
            deciding.join(SHUTDOWN);
            deciding.interrupt();
            deciding.join(SHUTDOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lane.close();
        answering.close();
    }

    private void work() {
        List<Received> group = List.of();
        try {
            for (group = next(group); !group.isEmpty(); group = next(group)) {
                group = lane.run(group, intake.soon(GROUP));
            }
        } catch (InterruptedException e) {
            LOG.warn("The lane was interrupted; what was still waiting is not answered.");
        } catch (RuntimeException | Error broken) {
            end(broken);
        } finally {
            intake.close();
            var stopped = new OutcomeUnknown("the ledger was stopped");
            Stream.of(lane.unanswered(), group, intake.rest())
                    .flatMap(List::stream)
                    .forEach(left -> left.promise().completeExceptionally(stopped));
        }
    }

    /** What is left of a group, and what waits behind it; none when the lane has nothing left to do. */
    private List<Received> next(List<Received> left) throws InterruptedException {
        var group = new ArrayList<>(left);
        group.addAll(intake.waiting(GROUP - left.size()));
        if (group.isEmpty()) {
            lane.settle();
            return intake.next(GROUP);
        }
        return group;
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
