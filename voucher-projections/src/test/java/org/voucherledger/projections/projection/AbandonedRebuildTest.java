package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.domain.party.ProviderEvent.ProviderVerified;
import org.voucherledger.projections.fixture.TestViews;

/** A rebuild whose program is gone in the middle. */
class AbandonedRebuildTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FIRST_TURN = 100;

    /** More than a rebuild may be behind when it begins to switch. */
    private static final int EVENTS = 3_000;

    @Test
    @DisplayName("Another instance goes on with it where the copy is, and nobody is shown a view that is half made")
    void is_gone_on_with() throws Exception {
        var gone = new Counting();
        var survivor = new Counting();
        survivor.turns.release(1_000);
        try (var views = new TestViews(survivor);
                var connections = pool(views);
                var crashing = new Projections(
                        List.of(gone),
                        connections,
                        new JdbcTransactionManager(connections),
                        views.log().store(),
                        views.log().serializer())) {
            var events = IntStream.range(0, EVENTS)
                    .mapToObj(AbandonedRebuildTest::verified)
                    .toList();
            views.log().append(events.subList(0, FIRST_TURN));
            views.start().settle();
            crashing.start();

            crashing.rebuild("fragile");
            gone.begins.acquire();
            views.log().append(events.subList(FIRST_TURN, events.size()));
            views.settle();
            gone.turns.release();
            gone.begins.acquire();
            connections.close();
            gone.turns.release(1_000);

            assertThat(views.projections()
                            .positions()
                            .awaitUntil(
                                    () -> {
                                        assertThat(counted(views)).isEqualTo(events.size());
                                        return views.serving("fragile").equals("fragile_b");
                                    },
                                    PATIENCE))
                    .isTrue();
            assertThat(counted(views)).isEqualTo(events.size());
            assertThat(survivor.firstPositionsInTheSecond.getFirst()).isEqualTo(FIRST_TURN + 1L);
        }
    }

    private static TrackedEventMessage<?> verified(int n) {
        return new GenericTrackedDomainEventMessage<>(
                null, new GenericDomainEventMessage<>("Provider", "provider:P" + n, 0, new ProviderVerified("P" + n)));
    }

    private static HikariDataSource pool(TestViews views) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(views.dataSource().getJdbcUrl());
        pool.setMaximumPoolSize(8);
        return pool;
    }

    private static int counted(TestViews views) {
        return views.jdbc().queryForObject("select events from view.counted", Integer.class);
    }

    /** Counts what it is told; in its second copy, a turn when it may. */
    private static final class Counting implements Projection {

        private final Semaphore begins = new Semaphore(0);
        private final Semaphore turns = new Semaphore(0);
        private final List<Long> firstPositionsInTheSecond = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public void tell(List<Told> events, Tables tables) {
            tables.read("select 1 where 'b' = right('{slot}', 1) and 'x' <> any(?)", List.of("y"), row -> {
                firstPositionsInTheSecond.add(events.getFirst().position());
                begins.release();
                turns.acquireUninterruptibly();
            });
            tables.write(
                    "update {slot}.counted set events = events + ?", List.<Object[]>of(new Object[] {events.size()}));
        }
    }
}
