package org.voucherledger.api.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two stages: while one group is being written, the next one is decided on the state that includes it.
 *
 * <p>Invariants: groups are written one at a time and in order, each after the one before is durable; whoever waits is answered
 * after the commit of their own group. When a group fails, or somebody else has written, what was decided behind it is thrown
 * away and its commands are run anew, in order, under the lane's lock.
 *
 * <p>For one thread, which decides; the other one, which writes, is in here.
 */
final class Lane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** @param answered how many of its commands were answered, at least one */
    private record Writing(Decided group, Future<Integer> answered) {}

    private final Desk desk;
    private final CommandGroup transaction;
    private final GroupRunner runner;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lane-writer").factory());
    private Writing underWay;

    Lane(Desk desk, CommandGroup transaction, GroupRunner runner) {
        this.desk = desk;
        this.transaction = transaction;
        this.runner = runner;
    }

    boolean isWriting() {
        return underWay != null;
    }

    /**
     * Decides these, and lets them be written when the group before is durable.
     *
     * @param behind some of those that wait behind them
     * @return those that are to be run before all others, because the first ones record so much
     */
    List<Received> run(List<Received> group, List<Received> behind) throws InterruptedException {
        Decided decided = transaction.isAlone() ? ahead(group, behind) : null;
        settle();
        if (decided == null || !desk.stands(decided)) {
            runner.run(group);
            return List.of();
        }
        underWay = new Writing(decided, writer.submit(() -> write(decided)));
        return group.subList(decided.commands().size(), group.size());
    }

    /** {@code null} after a fault: whose it is, is found out under the lock, where nobody can have caused it by writing meanwhile. */
    private Decided ahead(List<Received> group, List<Received> behind) {
        try {
            return desk.decide(group, behind);
        } catch (RuntimeException fault) {
            LOG.warn("A group of {} commands could not be decided ahead: {}", group.size(), fault.toString());
            return null;
        }
    }

    private int write(Decided decided) {
        List<Answer> answers = transaction.run(decided.commands(), decided);
        runner.answer(decided.commands(), answers);
        return answers.size();
    }

    /** Waits until the group that is being written has been answered, whatever that takes. */
    void settle() throws InterruptedException {
        if (underWay == null) {
            return;
        }
        Decided group = underWay.group();
        int answered = 0;
        try {
            answered = underWay.answered().get();
            desk.isDurable(group);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error broken) {
                throw broken;
            }
            LOG.warn(
                    "A group of {} commands was rolled back: {}",
                    group.commands().size(),
                    failed.getCause().toString());
        }
        runner.run(group.commands().subList(answered, group.commands().size()));
        underWay = null;
    }

    /** Who may not have been answered when the lane stopped. */
    List<Received> unanswered() {
        return underWay == null ? List.of() : new ArrayList<>(underWay.group().commands());
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }
}
