package org.voucherledger.domain.granting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.money.Fen;

class GrantOrderTest {

    private final EventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final GrantOrder order = new GrantOrder(events);

    @Test
    @DisplayName("GZ-12: an application that was rolled back stands in nobody's order, whoever takes its position")
    void whatWasRolledBackIsForgotten() {
        UnitOfWork<?> rolledBack = DefaultUnitOfWork.startAndGet(null);
        queue("B-1", 0, "E-1");
        assertThat(enterprises("B-1", queueOfOne())).containsExactly("E-1");
        rolledBack.rollback();

        UnitOfWork<?> committed = DefaultUnitOfWork.startAndGet(null);
        queue("B-1", 0, "E-2");
        QueueState loadedAnew = queueOfOne();
        assertThat(enterprises("B-1", loadedAnew)).containsExactly("E-2");
        committed.commit();

        assertThat(enterprises("B-1", loadedAnew)).containsExactly("E-2");
    }

    @Test
    @DisplayName("GZ-12: batches that are granted in turns each read their queue once")
    void eachQueueIsReadOnce() {
        QueueState one = queueOfOne();
        QueueState other = queueOfOne();
        queue("B-1", 0, "E-1");
        queue("B-2", 0, "E-2");
        List<ApplicationQueued> first = order.of("B-1", one);
        List<ApplicationQueued> second = order.of("B-2", other);

        assertThat(order.of("B-1", one)).isSameAs(first);
        assertThat(order.of("B-2", other)).isSameAs(second);
    }

    private static QueueState queueOfOne() {
        return new QueueState(1, Fen.of(100), new TreeMap<>());
    }

    private void queue(String batchId, long sequence, String enterprise) {
        var queued = new ApplicationQueued(
                batchId,
                "S-1",
                "A-" + enterprise,
                enterprise,
                1,
                1,
                null,
                100,
                List.of(100L),
                Instant.parse("2020-04-01T01:00:00Z"));
        events.publish(new GenericDomainEventMessage<>("Queue", "queue:" + batchId, sequence, queued));
    }

    private List<String> enterprises(String batchId, QueueState queue) {
        return order.of(batchId, queue).stream()
                .map(ApplicationQueued::enterpriseId)
                .toList();
    }
}
