package org.voucherledger.api.sweep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.voucherledger.api.sweep.DueWork.Due;
import org.voucherledger.api.sweep.DueWork.Kind;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.projections.projection.Projections;

/**
 * Records what time has brought about: finds it in the views once they have caught up, and sends the commands that record it.
 *
 * <p>Nothing depends on a sweep being in time. Every step of a voucher judges its own deadline, and a sweep that is late,
 * interrupted or repeated records the same things once.
 */
@Component
class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DueWork dueWork;
    private final CommandPipeline pipeline;
    private final Projections projections;
    private final LedgerClock clock;
    private final Duration patience;
    private final ReentrantLock oneAtATime = new ReentrantLock();

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
            oneAtATime.unlock();
        }
    }

    private final class Round {

        private final Set<String> tried = new HashSet<>();
        private final Map<String, Integer> recorded = new TreeMap<>();
        private final Set<String> current = new TreeSet<>();
        private final Set<String> behind = new TreeSet<>();
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
            while (!page.isEmpty()) {
                record(page.stream().filter(due -> tried.add(due.key())).toList());
                page = kind.at(clock.now(), page.getLast().id());
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

        private void record(List<Due> found) {
            var answers = found.stream().map(due -> submit(due)).toList();
            for (int i = 0; i < found.size(); i++) {
                Command command = found.get(i).command();
                try {
                    count(command, answers.get(i).join());
                } catch (CompletionException fault) {
                    // One faulty command keeps none of the others back.
                    failed++;
                    LOG.error("Cannot be recorded: {}", command, fault.getCause());
                }
            }
        }

        private void count(Command command, Answer answer) {
            switch (answer) {
                case Answer.Accepted accepted -> {
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

    private CompletableFuture<Answer> submit(Due due) {
        return pipeline.submit(new CommandRequest(Actor.SYSTEM, due.key(), sha256(due.command()), due.command()));
    }

    /** A record's text names its type and every component. */
    private static String sha256(Command command) {
        return CanonicalJson.sha256(command.toString().getBytes(StandardCharsets.UTF_8));
    }
}
