package org.voucherledger.api.sweep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.sweep.DueWork.Due;
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
    private static final List<String> READ = List.of("voucherboard", "batchboard", "claimworklist");

    private final DueWork dueWork;
    private final CommandPipeline pipeline;
    private final Projections projections;
    private final LedgerClock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Sweep(DueWork dueWork, CommandPipeline pipeline, Projections projections, LedgerClock clock) {
        this.dueWork = dueWork;
        this.pipeline = pipeline;
        this.projections = projections;
        this.clock = clock;
    }

    /**
     * What a sweep did.
     *
     * @param recorded how many commands of each kind were done
     * @param refused how many the domain did not find due
     * @param position of the last event it caused, or of the log where it found nothing
     */
    record Swept(Map<String, Integer> recorded, int refused, long position) {}

    /**
     * Looks and records until a look finds nothing new.
     *
     * @throws TimeoutException if the views do not catch up with the log in time
     */
    Swept run() throws TimeoutException {
        oneAtATime.lock();
        try {
            var swept = new Round();
            for (List<Due> found = swept.find(); !found.isEmpty(); found = swept.find()) {
                swept.record(found);
            }
            var result = swept.result();
            if (!result.recorded().isEmpty()) {
                LOG.info("Swept: {}", result.recorded());
            }
            return result;
        } finally {
            oneAtATime.unlock();
        }
    }

    private final class Round {

        private final Set<String> tried = new HashSet<>();
        private final Map<String, Integer> recorded = new TreeMap<>();
        private int refused;
        private long position = Math.max(0, projections.positions().head());

        List<Due> find() throws TimeoutException {
            long head = projections.positions().head();
            for (String view : READ) {
                if (head >= 0) {
                    projections.positions().awaitAtLeast(view, head, PATIENCE);
                }
            }
            return dueWork.at(clock.now()).stream()
                    .filter(due -> tried.add(due.key()))
                    .toList();
        }

        void record(List<Due> found) {
            var answers = found.stream().map(due -> submit(due)).toList();
            for (int i = 0; i < found.size(); i++) {
                count(found.get(i).command(), answers.get(i).join());
            }
        }

        private void count(Command command, Answer answer) {
            switch (answer) {
                case Answer.Accepted accepted -> {
                    recorded.merge(command.getClass().getSimpleName(), 1, Integer::sum);
                    position = Math.max(position, accepted.position());
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

        Swept result() {
            return new Swept(recorded, refused, position);
        }
    }

    private CompletableFuture<Answer> submit(Due due) {
        return pipeline.submit(new CommandRequest(Actor.SYSTEM, due.key(), sha256(due.command()), due.command()));
    }

    /** A record's text names its type and every component. */
    private static String sha256(Command command) {
        try {
            byte[] text = command.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
