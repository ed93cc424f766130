package org.voucherledger.domain.granting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;

class GrantOrderTest {

    private final EventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final GrantOrder order = new GrantOrder(events);

    @Test
    @DisplayName("GZ-12: an application that was rolled back stands in nobody's order, whoever takes its position")
    void whatWasRolledBackIsForgotten() {
        UnitOfWork<?> rolledBack = DefaultUnitOfWork.startAndGet(null);
        queue("E-1");
        assertThat(enterprises()).containsExactly("E-1");
        rolledBack.rollback();

        UnitOfWork<?> committed = DefaultUnitOfWork.startAndGet(null);
        queue("E-2");
        assertThat(enterprises()).containsExactly("E-2");
        committed.commit();

        assertThat(enterprises()).containsExactly("E-2");
    }

    private void queue(String enterprise) {
        var queued = new ApplicationQueued(
                "B-1",
                "S-1",
                "A-" + enterprise,
                enterprise,
                1,
                1,
                null,
                100,
                List.of(100L),
                Instant.parse("2020-04-01T01:00:00Z"));
        events.publish(new GenericDomainEventMessage<>("Queue", "queue:B-1", 0, queued));
    }

    private List<String> enterprises() {
        return order.of("B-1", 1, 100).stream()
                .map(ApplicationQueued::enterpriseId)
                .toList();
    }
}
