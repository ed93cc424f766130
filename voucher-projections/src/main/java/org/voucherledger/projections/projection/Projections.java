package org.voucherledger.projections.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the projections: each is told into the copy that serves, and while it is rebuilt into the other as well.
 * Several instances of the ledger may do so over one database.
 */
public final class Projections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);

    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final Watcher watcher;
    private final RebuildLock lock;
    private final Slots slots;
    private final DataSource dataSource;
    private final EventLog log;
    private final PlatformTransactionManager transactions;
    private final TransactionTemplate transaction;
    private final ProjectionPositions positions;
    private final Faults faults;
    private final Blocks blocks;
    private final Tellers tellers;
    private final Keeper keeper;
    private final Set<String> rebuilding = ConcurrentHashMap.newKeySet();
    private final Set<String> recomputing = ConcurrentHashMap.newKeySet();
    /** Each takes three connections. */
    private final ReentrantLock oneRecomputes = new ReentrantLock();

    /** One rebuild at a time: each keeps a connection for itself, and all at once could leave none to the telling. */
    private final Executor rebuilders = Executors.newSingleThreadExecutor(threads("projection-rebuild"));

    private volatile boolean closed;

    /**
     * @param dataSource of the database that holds the views; the transactions are those of {@code transactions}
     * @param events the log, whose token positions are the positions of the ledger
     * @param tokenSerializer the log's, which writes the positions as well
     */
    public Projections(
            List<? extends Projection> projections,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            Serializer tokenSerializer) {
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
        this.lock = new RebuildLock(dataSource);
        this.dataSource = dataSource;
        var jdbc = new JdbcTemplate(dataSource);
        this.log = new EventLog(events, tokenSerializer);
        this.transactions = transactions;
        this.slots = new Slots(jdbc, tokenSerializer);
        this.transaction = new TransactionTemplate(transactions);
        this.positions = new ProjectionPositions(jdbc, slots, events);
        this.faults = new Faults(slots);
        this.blocks = new Blocks(events, tokenSerializer);
        this.tellers = new Tellers(
                (projection, slot) ->
                        new Teller(projection, slot, slots, new Tables(jdbc, slot), blocks, transaction, faults),
                positions::told,
                blocks::forget);
        this.watcher = new Watcher(events, tellers::news);
        this.keeper = new Keeper(this.projections.values(), slots, tellers, this::goOn);
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("projection", "view")
                .defaultSchema("projection")
                .locations("classpath:db/projection")
                .load()
                .migrate();
    }

    public Set<String> names() {
        return projections.keySet();
    }

    public ProjectionPositions positions() {
        return positions;
    }

    /** Makes what is missing and starts every projection where it stopped; one whose definition has changed is rebuilt. */
    public void start() {
        watcher.start();
        for (Projection projection : projections.values()) {
            Definition definition = Definition.of(projection);
            Slot serving = slots.serving(projection.name())
                    .orElseGet(() -> transaction.execute(status -> first(projection.name(), definition)));
            tellers.run(projection, serving);
            if (!slots.isMadeFrom(serving, definition)) {
                rebuild(projection.name());
            }
        }
        keeper.start();
    }

    static ThreadFactory threads(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix + "-", 0).factory();
    }

    /** Two instances that start at once on an empty database make it once. */
    private Slot first(String name, Definition definition) {
        slots.lock();
        return slots.serving(name).orElseGet(() -> {
            Slot first = new Slot(name, Slot.FIRST);
            slots.make(first, definition);
            slots.serve(first, definition);
            return first;
        });
    }

    /**
     * Rebuilds a projection from zero while the old copy serves; completes when the new one does. If several are asked for
     * they are rebuilt one after the other.
     *
     * @throws IllegalArgumentException if there is no such projection
     * @throws IllegalStateException if it is being rebuilt already
     */
    public CompletableFuture<Void> rebuild(String name) {
        Projection projection = named(name);
        if (recomputing.contains(name) || !rebuilding.add(name)) {
            throw new IllegalStateException(name + " is being rebuilt already");
        }
        return rebuilt(projection);
    }

    private CompletableFuture<Void> rebuilt(Projection projection) {
        String name = projection.name();
        return CompletableFuture.runAsync(() -> rebuildBeside(projection), rebuilders)
                .whenComplete((done, failure) -> {
                    rebuilding.remove(name);
                    if (failure != null) {
                        LOG.error("Rebuilding {} failed; the old copy goes on serving", name, failure);
                    }
                });
    }

    private Projection named(String name) {
        Projection projection = projections.get(name);
        if (projection == null) {
            throw new IllegalArgumentException("no projection " + name);
        }
        return projection;
    }

    /**
     * Makes a projection anew from the log beside the one that serves, at the position that this one has reached, and compares
     * all their tables. It takes as long as a rebuild and leaves everything as it is.
     *
     * @throws IllegalArgumentException if there is no such projection
     * @throws InOtherHands if it is being rebuilt or recomputed already, here or by another instance
     */
    public Seen<Recomputed> recompute(String name) {
        return recompute(name, Blocks.SIZE);
    }

    /** @param batchSize how many events are told at a time; the outcome must not depend on it */
    Seen<Recomputed> recompute(String name, int batchSize) {
        Projection projection = named(name);
        if (rebuilding.contains(name) || !recomputing.add(name)) {
            throw new InOtherHands(name + " is being rebuilt or recomputed already");
        }
        try {
            var seen = new AtomicReference<Seen<Recomputed>>();
            oneRecomputes.lock();
            try {
                lock.whileHeld(
                        name,
                        () -> seen.set(
                                new Recomputing(projection, slots, dataSource, log, transactions, batchSize).run()));
            } finally {
                oneRecomputes.unlock();
            }
            return seen.get();
        } finally {
            recomputing.remove(name);
        }
    }

    /** Is it being rebuilt or recomputed here, so that neither can be asked for now? */
    public boolean isInHand(String name) {
        return isRebuilding(name) || recomputing.contains(name);
    }

    /** Here, or waiting here for its turn. */
    public boolean isRebuilding(String name) {
        return rebuilding.contains(name);
    }

    /** Why the serving copy is not told more, while it cannot be; whichever instance of the ledger tells it. */
    public Optional<Standstill> standstill(String name) {
        return slots.standstill(name);
    }

    /** How far the serving copy is behind the log, and what has been recorded behind it for how long. */
    public Lag lag(String name, Instant now) {
        Progress shown = positions.progress(name);
        Instant first = blocks.after(shown).firstAt();
        return new Lag(
                Math.max(0, positions.head() - shown.position()),
                first == null || first.isAfter(now) ? Duration.ZERO : Duration.between(first, now));
    }

    /** Is this copy told by this instance? */
    boolean tells(Slot slot) {
        return tellers.slots().contains(slot);
    }

    /** Whoever was rebuilding it has stopped in the middle; or has not, and holds the lock. */
    private void goOn(Projection projection) {
        String name = projection.name();
        if (!closed && !recomputing.contains(name) && lock.isFree(name) && rebuilding.add(name)) {
            LOG.info("Going on with the rebuild of {}", name);
            rebuilt(projection);
        }
    }

    private void rebuildBeside(Projection projection) {
        if (closed) {
            throw new IllegalStateException("shutting down");
        }
        try {
            lock.whileHeld(projection.name(), () -> keeper.whileInHand(projection, () -> rebuildNow(projection)));
        } finally {
            if (!closed) {
                keeper.look(projection);
            }
        }
    }

    private void rebuildNow(Projection projection) {
        new Rebuild(projection, slots, tellers, transaction, positions, faults, () -> closed).run();
    }

    private void endClaims() {
        try {
            slots.endClaims();
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("Others cannot be told that this instance stops; they will see it by its silence", away);
        }
    }

    @Override
    public void close() {
        closed = true;
        keeper.close();
        tellers.close();
        endClaims();
        watcher.close();
    }
}
