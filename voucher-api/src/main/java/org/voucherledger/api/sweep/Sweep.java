package org.voucherledger.api.sweep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.progress.LongRun;
import org.voucherledger.api.progress.LongRuns;
import org.voucherledger.api.sweep.DueWork.Due;
import org.voucherledger.api.sweep.DueWork.Kind;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.projections.projection.Projections;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records what time has brought about: finds it in the views once they have caught up, and sends the commands that record it.
 *
 * <p>Nothing depends on a sweep being in time. Every step of a voucher judges its own deadline, and a sweep that is late,
 * interrupted or repeated records the same things once.
 */
@Component
class Sweep implements LongRuns {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Enough for one commit to carry many while the next page is looked for, and few enough not to keep others waiting. */
    static final int MOST_UNDER_WAY = 256;

    private static final int WORTH_COUNTING = 100;

    private final DueWork dueWork;
    private final CommandPipeline pipeline;
    private final Projections projections;
    private final LedgerClock clock;
    private final Duration patience;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile LongRun underWay;

    @Autowired
    Sweep(DueWork dueWork, CommandPipeline pipeline, Projections projections, LedgerClock clock) {
        this(dueWork, pipeline, projections, clock, PATIENCE);
    }

    /** @param patience how long a view may take to catch up before what it shows is left for the next sweep */
    Sweep(DueWork dueWork, CommandPipeline pipeline, Projections projections, LedgerClock clock, Duration patience) {
        this.dueWork = dueWork;
        this.pipeline = pipeline;
        this.projections = projections;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * What a sweep did.
     *
     * @param recorded how many commands of each kind were done by this sweep, and not by an earlier one under the same key
     * @param refused how many the domain did not find due
     * @param failed how many ended in a fault of the ledger, which the log tells
     * @param behind the views that did not catch up in time, so that what they show was left for the next sweep
     * @param position of the last event it caused, or of the log where it found nothing
     */
    record Swept(Map<String, Integer> recorded, int refused, int failed, Set<String> behind, long position) {}

    /**
     * Looks and records until a look finds nothing new.
     *
     * @throws TimeoutException if none of the views catches up with the log in time
     */
    Swept run() throws TimeoutException {
        oneAtATime.lock();
        try {
            var swept = new Round();
            int tried = -1;
            while (swept.tried.size() > tried) {
                tried = swept.tried.size();
                for (Kind kind : dueWork.kinds()) {
                    swept.sweep(kind);
                }
            }
            return swept.result();
        } finally {
            underWay = null;
            oneAtATime.unlock();
        }
    }

    @Override
    public List<LongRun> underWay() {
        LongRun now = underWay;
        return now == null ? List.of() : List.of(now);
    }

    /**
     * A command that has been submitted and not been answered yet.
     *
     * @param step of a command that decides so many at a time, how many of them came before
     */
    private record Asked(Due due, int step, CompletableFuture<Answer> answer) {

        /** Whether the command has left something for another one of its kind. */
        boolean hasMore(Answer.Accepted accepted) {
            return due.command() instanceof BatchCommand
                    && Boolean.FALSE.equals(JSON.readTree(accepted.result())
                            .path("done")
                            .asBooleanOpt()
                            .orElse(null));
        }
    }

    private final class Round {

        private final Set<String> tried = new HashSet<>();
        private final Map<String, Integer> recorded = new TreeMap<>();
        private final Set<String> current = new TreeSet<>();
        private final Set<String> behind = new TreeSet<>();
        private final Deque<Asked> asked = new ArrayDeque<>();
        private final long begun = projections.positions().head();
        private int refused;
        private int failed;
        private long position = Math.max(0, begun);

        /** Page after page, so that what is refused again and again hides nothing that stands behind it. */
        void sweep(Kind kind) {
            if (!areCurrent(kind)) {
                return;
            }
            List<Due> page = kind.at(clock.now(), "");
            // Many are counted once, so that it can be seen how many are left; few are over before anybody looks.
            underWay = page.size() < WORTH_COUNTING
                    ? null
                    : new LongRun(LongRun.Kind.SWEEPING, kind.name(), 0, kind.countAt(clock.now()));
            while (!page.isEmpty()) {
                page.stream().filter(due -> tried.add(due.key())).forEach(this::ask);
                page = kind.at(clock.now(), page.getLast().id());
            }
            while (!asked.isEmpty()) {
                awaitFirst();
            }
            underWay = null;
        }

        private void ask(Due due) {
            if (asked.size() == MOST_UNDER_WAY) {
                awaitFirst();
            }
            asked.add(submit(due, 0));
        }

        private void awaitFirst() {
            Asked first = asked.remove();
            try {
                count(first, first.answer().join());
            } catch (CompletionException fault) {
                // One faulty command keeps none of the others back.
                failed++;
                LOG.error("Cannot be recorded: {}", first.due().command(), fault.getCause());
            }
            LongRun now = underWay;
            if (now != null) {
                underWay = new LongRun(now.kind(), now.subject(), now.done() + 1, now.of());
            }
        }

        private boolean areCurrent(Kind kind) {
            long head = projections.positions().head();
            for (String view : kind.views()) {
                if (behind.contains(view) || head >= 0 && !reaches(view, head)) {
                    LOG.warn("Not swept, because the view {} is behind: {}", view, kind.name());
                    return false;
                }
            }
            current.addAll(kind.views());
            return true;
        }

        private boolean reaches(String view, long head) {
            try {
                projections.positions().awaitAtLeast(view, head, patience);
                return true;
            } catch (TimeoutException late) {
                behind.add(view);
                return false;
            }
        }

        private void count(Asked done, Answer answer) {
            Command command = done.due().command();
            switch (answer) {
                case Answer.Accepted accepted -> {
                    if (done.hasMore(accepted)) {
                        asked.add(submit(done.due(), done.step() + 1));
                    }
                    if (accepted.position() > begun) {
                        recorded.merge(command.getClass().getSimpleName(), 1, Integer::sum);
                        position = Math.max(position, accepted.position());
                    }
                }
                case Answer.Denied denied -> {
                    refused++;
                    LOG.debug("Not due after all: {} {}", command, denied.decision());
                }
                // The same finding under the same key is the same command; and a full queue leaves it for the next
                // sweep.
                case Answer.KeyReused reused ->
                    LOG.warn("Left, because its key was used otherwise: {} {}", command, reused);
                case Answer.Overloaded overloaded ->
                    LOG.info("The queue is full; left for the next sweep: {}", command);
            }
        }

        Swept result() throws TimeoutException {
            if (current.isEmpty()) {
                throw new TimeoutException("none of the views has reached the end of the log: " + behind);
            }
            if (!recorded.isEmpty() || failed > 0) {
                LOG.info("Swept: {}, failed {}", recorded, failed);
            }
            return new Swept(recorded, refused, failed, behind, position);
        }
    }

    /** Each step of a finding is a command of its own. */
    private Asked submit(Due due, int step) {
        String key = step == 0 ? due.key() : due.key() + ":step" + step;
        return new Asked(
                due,
                step,
                pipeline.submit(new CommandRequest(Actor.SYSTEM, key, sha256(due.command()), due.command())));
    }

    /** A record's text names its type and every component. */
    private static String sha256(Command command) {
        return CanonicalJson.sha256(command.toString().getBytes(StandardCharsets.UTF_8));
    }
}
