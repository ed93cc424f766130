package org.voucherledger.api.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every command of a group to an answer, or to the fault that is its own.
 *
 * <p>When a transaction fails nothing of it is acknowledged. Running it again begins with looking its keys up under the lane's
 * lock, in a transaction that writes: if the commit had arrived after all, the answers are there; if not, the commands are
 * run. Nothing is guessed.
 *
 * <p>Invariant (GZ-10): as long as the program runs, a command that was received keeps its stamp and its place. Whoever waits
 * for a database that stays away is told that the outcome is unknown, but the command stays at the head of the lane.
 */
class GroupRunner {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);
    private static final int CONFLICTS_BORNE = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CommandGroup transaction;
    private final Executor answering;
    private final Duration patience;
    /** Since when the database has not been reached, in {@link System#nanoTime()}; only the lane's thread looks at it. */
    private Long unreachableSince;

    /**
     * @param answering where whoever waits is woken
     * @param patience how long a database that cannot be reached is asked again before the waiting ones are told
     */
    GroupRunner(CommandGroup transaction, Executor answering, Duration patience) {
        this.transaction = transaction;
        this.answering = answering;
        this.patience = patience;
    }

    /** Runs them in order. Ordinary faults reach the promises; this method ends normally. */
    void run(List<Received> group) throws InterruptedException {
        run(group, false);
    }

    /** @param unknown whether an attempt has ended of which it is not known whether it was committed */
    private void run(List<Received> group, boolean unknown) throws InterruptedException {
        List<Received> commands = group;
        boolean mayBeDone = unknown;
        Duration pause = FIRST_PAUSE;
        boolean told = false;
        for (int conflicts = 0; !commands.isEmpty(); ) {
            RuntimeException fault;
            try {
                List<Answer> answers = transaction.run(commands, null);
                answer(commands, answers);
                unreachableSince = null;
                commands = commands.subList(answers.size(), commands.size());
                continue;
            } catch (RuntimeException thrown) {
                LOG.warn("A group of {} commands was rolled back: {}", commands.size(), thrown.toString());
                fault = thrown;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the ledger is being stopped: " + fault);
            }
            switch (Fault.of(fault)) {
                case UNREACHABLE -> {
                    mayBeDone = true;
                    if (!told && !isWorthWaiting()) {
                        LOG.error(
                                "The database cannot be reached; {} commands are kept until it can.", commands.size());
                        fail(commands, new OutcomeUnknown("the database cannot be reached", fault));
                        told = true;
                    }
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                case CONFLICT -> {
                    if (++conflicts > CONFLICTS_BORNE) {
                        isolate(commands, fault, mayBeDone);
                        return;
                    }
                }
                case OWN -> {
                    isolate(commands, fault, mayBeDone);
                    return;
                }
            }
        }
    }

    /** Wakes whoever waits for the first of these commands; the others have no answer yet. */
    void answer(List<Received> commands, List<Answer> answers) {
        answering.execute(() -> {
            for (int i = 0; i < answers.size(); i++) {
                commands.get(i).promise().complete(answers.get(i));
            }
        });
    }

    /** One by one, so that the one at fault harms no other. */
    private void isolate(List<Received> commands, RuntimeException fault, boolean mayBeDone)
            throws InterruptedException {
        if (commands.size() == 1) {
            LOG.error(
                    "A command could not be run: {}", commands.get(0).request().command(), fault);
            fail(
                    commands,
                    mayBeDone
                            ? new OutcomeUnknown("it failed after an attempt that may have been committed", fault)
                            : fault);
            return;
        }
        for (Received command : commands) {
            run(List.of(command), mayBeDone);
        }
    }

    private void fail(List<Received> commands, RuntimeException fault) {
        answering.execute(() -> commands.forEach(command -> command.promise().completeExceptionally(fault)));
    }

    private boolean isWorthWaiting() {
        long now = System.nanoTime();
        if (unreachableSince == null) {
            unreachableSince = now;
        }
        return now - unreachableSince < patience.toNanos();
    }
}
