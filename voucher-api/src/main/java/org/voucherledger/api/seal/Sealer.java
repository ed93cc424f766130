package org.voucherledger.api.seal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.voucherledger.api.seal.BooksGuard.Balance;
import org.voucherledger.api.seal.SealStatus.Phase;

/**
 * Seals the log beside everything else: one thread, with a connection of its own, that nobody waits for.
 *
 * <p>However many programs share the database, one of them seals. Whatever it finds wrong ends the sealing and not the ledger:
 * a log that can be contradicted is not sealed any further, and says so (status, health, metric, one line of log).
 */
public final class Sealer implements AutoCloseable {

    /** Opens a connection of its own, in no transaction. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** After a fault, while another one seals, and when sealing is over. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final Connections connections;
    private final Seat.Outside outside;
    private final BooksGuard books;
    private final long most;
    private final Duration interval;
    private final InstantSource clock;
    private final Consumer<Sealed> whoeverIsTold;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<SealStatus> status;
    private final Thread thread = Thread.ofPlatform().name("sealer").daemon().unstarted(this::work);

    private Seat seat;
    private Balance balance = new Balance(0, Optional.empty());
    /** Since when the next checkpoint is waited for, in {@link System#nanoTime()}: a rehearsal's clock may stand still. */
    private Long waitingSince;

    private String lastFault;

    /** @param whoeverIsTold hears of every checkpoint when it is durable, and returns at once */
    Sealer(
            Connections connections,
            Seat.Outside outside,
            BooksGuard books,
            SealSettings settings,
            InstantSource clock,
            Consumer<Sealed> whoeverIsTold) {
        this.connections = connections;
        this.outside = outside;
        this.books = books;
        this.most = settings.events();
        this.interval = settings.interval();
        this.clock = clock;
        this.whoeverIsTold = whoeverIsTold;
        this.status = new AtomicReference<>(
                settings.enabled()
                        ? SealStatus.of(Phase.STARTING, "Sealing has not begun yet.")
                        : SealStatus.of(Phase.OFF, "Sealing is turned off (ledger.seal.enabled)."));
    }

    /**
     * For a database whose key and last checkpoint lie in this directory, and that shows nobody its checkpoints.
     *
     * @param most a checkpoint is signed as soon as so many wait for it
     * @param interval or when the first of them has waited so long
     */
    public static Sealer over(
            Connections connections,
            Path directory,
            BooksGuard books,
            long most,
            Duration interval,
            InstantSource clock) {
        var settings = new SealSettings(true, most, interval, "", "", List.of());
        var outside = new Seat.Outside(
                settings.keyFile(directory), "", new LastCheckpoint(directory.resolve(SealKey.LAST_CHECKPOINT)));
        return new Sealer(connections, outside, books, settings, clock, checkpoint -> {});
    }

    /** Begins, unless it is turned off. */
    public void start() {
        if (status.get().phase() != Phase.OFF) {
            thread.start();
        }
    }

    public SealStatus status() {
        return status.get();
    }

    /** The age of the oldest row that is not sealed, by the ledger's clock. */
    public Duration behind() {
        return status().behind(clock.instant());
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(SHUTDOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            Duration pause = Duration.ZERO;
            while (!closing.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = lookOnce();
            }
        } catch (InterruptedException e) {
            LOG.error("The sealer was interrupted; nothing more is sealed before the ledger is started again.");
        } finally {
            leave();
        }
    }

    /** @return how long to wait before the next look; for ever when sealing is over */
    private Duration lookOnce() {
        try {
            Duration pause = status.get().phase() == Phase.HALTED ? watch() : step();
            lastFault = null;
            return pause;
        } catch (SealAlarm alarm) {
            return halt(
                    alarm.getMessage(), () -> LOG.error("The log is not sealed any further. {}", alarm.getMessage()));
        } catch (SQLException | NestedRuntimeException passing) {
            // Taken anew afterwards; what was hashed and not signed is hashed again.
            leave();
            if (!Objects.equals(lastFault, passing.getMessage())) {
                lastFault = passing.getMessage();
                LOG.warn("The log cannot be sealed at the moment: {}", passing.toString());
            }
            status.updateAndGet(now -> now.phase() == Phase.HALTED
                    ? now
                    : now.become(Phase.STARTING, "The database cannot be used at the moment."));
            return PAUSE;
        } catch (RuntimeException | Error fault) {
            return halt(
                    "The sealer has a fault: " + fault,
                    () -> LOG.error("The log is not sealed any further, because of a fault.", fault));
        }
    }

    /** Sealing is over. Why is said once; how far it is behind from now on is still looked at. */
    private Duration halt(String words, Runnable said) {
        leave();
        if (status.get().phase() != Phase.HALTED) {
            said.run();
            status.updateAndGet(now -> now.become(Phase.HALTED, words));
        }
        return PAUSE;
    }

    private Duration watch() throws SQLException {
        try (Connection connection = connections.open()) {
            Unsealed waits = Unsealed.behindTheLastCheckpoint(SealTables.over(connection));
            status.updateAndGet(
                    now -> new SealStatus(now.phase(), now.words(), now.leaves(), waits.rows(), waits.oldest()));
        }
        return PAUSE;
    }

    private Duration step() throws SQLException {
        if (seat == null) {
            Optional<Seat> taken = Seat.take(connections.open(), outside, clock);
            if (taken.isEmpty()) {
                status.updateAndGet(now -> now.become(Phase.STANDBY, "Another program seals this database."));
                return PAUSE;
            }
            seat = taken.get();
            // Whoever was away when it was signed may be there now.
            seat.last().ifPresent(whoeverIsTold);
        }
        long head = seat.head();
        Unsealed waits = seat.unsealed();
        if (!isDue(waits.rows())) {
            tell(waits);
            return LOOK;
        }
        if (balance.upTo() < head) {
            balance = books.look();
        }
        balance.violation().ifPresent(violation -> {
            throw new SealAlarm("The books do not balance (ALL-03) at position " + violation.position() + ": "
                    + violation.sentence() + ". What was sealed before stays; nothing more is sealed.");
        });
        Optional<Sealed> sealed = seal();
        tell(sealed.isEmpty() ? waits : seat.unsealed());
        return sealed.isPresent() && isDue(status.get().waiting()) ? Duration.ZERO : LOOK;
    }

    private Optional<Sealed> seal() throws SQLException {
        Optional<Sealed> sealed = seat.seal(balance.upTo(), most, clock.instant());
        sealed.ifPresent(checkpoint -> {
            waitingSince = null;
            whoeverIsTold.accept(checkpoint);
        });
        return sealed;
    }

    private boolean isDue(long waiting) {
        if (waiting == 0) {
            waitingSince = null;
            return false;
        }
        if (waitingSince == null) {
            waitingSince = System.nanoTime();
        }
        return waiting >= most || System.nanoTime() - waitingSince >= interval.toNanos();
    }

    private void tell(Unsealed waits) {
        status.set(
                new SealStatus(Phase.SEALING, "The log is being sealed.", seat.leaves(), waits.rows(), waits.oldest()));
    }

    private void leave() {
        if (seat != null) {
            try {
                seat.close();
            } catch (SQLException gone) {
                LOG.debug("The connection of the sealer had gone.", gone);
            }
            seat = null;
        }
    }
}
