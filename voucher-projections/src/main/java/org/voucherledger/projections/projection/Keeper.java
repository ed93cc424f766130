package org.voucherledger.projections.projection;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sees to it that this instance of the ledger tells the copy that serves, whichever instance has let it serve, and none
 * that has been dropped. Without it a switch elsewhere would leave the new copy to the instance that made it, alone.
 */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final int SECONDS_BETWEEN_LOOKS = 2;

    private final Collection<Projection> projections;
    private final Slots slots;
    private final Tellers tellers;
    private final Consumer<Projection> abandoned;
    private final Map<String, ReentrantLock> inHand = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(Projections.threads("projection-keeper"));

    /** @param abandoned goes on with a rebuild, unless somebody is at it */
    Keeper(Collection<Projection> projections, Slots slots, Tellers tellers, Consumer<Projection> abandoned) {
        this.projections = projections;
        this.slots = slots;
        this.tellers = tellers;
        this.abandoned = abandoned;
    }

    void start() {
        looks.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            slots.keepClaims();
        } catch (DataAccessException e) {
            LOG.warn("Cannot say what is told here; another instance may take it over", e);
        }
        projections.forEach(this::look);
    }

    /** A rebuild decides by itself which copies are told here; nobody else does meanwhile. */
    void whileInHand(Projection projection, Runnable rebuild) {
        ReentrantLock hand = hand(projection);
        hand.lock();
        try {
            rebuild.run();
        } finally {
            hand.unlock();
        }
    }

    /** Runs what serves and stops what is gone, unless the projection is being rebuilt here. */
    void look(Projection projection) {
        ReentrantLock hand = hand(projection);
        if (!hand.tryLock()) {
            return;
        }
        try {
            for (Slot slot : tellers.slots()) {
                if (slot.projection().equals(projection.name()) && !slots.exists(slot)) {
                    tellers.stop(slot);
                }
            }
            slots.serving(projection.name()).ifPresent(slot -> tellers.run(projection, slot));
            if (slots.isRebuilding(projection.name())) {
                abandoned.accept(projection);
            }
        } catch (DataAccessException e) {
            LOG.warn("Cannot see which copy of {} serves; looking again soon", projection.name(), e);
        } finally {
            hand.unlock();
        }
    }

    private ReentrantLock hand(Projection projection) {
        return inHand.computeIfAbsent(projection.name(), name -> new ReentrantLock());
    }

    /** Returns when no look is under way any more. */
    @Override
    public void close() {
        looks.shutdown();
        try {
            if (!looks.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("A look for the copies that serve does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
