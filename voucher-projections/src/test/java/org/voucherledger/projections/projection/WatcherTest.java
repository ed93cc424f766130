package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who waits at the end of the log hears of the first event at once, and of what comes shortly after it together. */
class WatcherTest {

    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Semaphore called = new Semaphore(0);
    private final Semaphore resting = new Semaphore(0);
    private final Semaphore rested = new Semaphore(0);
    private final Watcher watcher = new Watcher(events, called::release, rest -> {
        resting.release();
        rested.acquire();
    });

    @AfterEach
    void close() {
        watcher.close();
        events.shutDown();
    }

    @Test
    @DisplayName("many events within the rest are called out once, when it is over")
    void gathers() throws InterruptedException {
        watcher.start();
        // What happens before it watches is not called out.
        boolean heard = false;
        for (int times = 0; times < 300 && !heard; times++) {
            happens(1);
            heard = resting.tryAcquire(100, TimeUnit.MILLISECONDS);
        }
        assertThat(called.drainPermits()).isEqualTo(1);

        happens(100);
        assertThat(called.availablePermits()).isZero();
        rested.release();
        isReleased(resting);

        assertThat(called.drainPermits()).isEqualTo(1);
    }

    private void happens(int times) {
        for (int n = 0; n < times; n++) {
            events.publish(GenericEventMessage.asEventMessage("something"));
        }
    }

    private static void isReleased(Semaphore semaphore) throws InterruptedException {
        assertThat(semaphore.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
}
