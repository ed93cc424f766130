package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Two instances of the ledger over one database. */
class TwoInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Slot FIRST = new Slot("fragile", Slot.FIRST);
    private static final Slot SECOND = new Slot("fragile", Slot.SECOND);

    @Test
    @DisplayName("After one instance has let another copy serve, the other tells that one too, and alone if need be")
    void a_switch_is_everybodys() throws Exception {
        try (var city = new RandomCity(41).lives(20);
                var views = new TestViews(new Counting());
                var other = views.beside()) {
            views.log().append(city.events().subList(0, 20));
            views.start().settle();
            other.start();
            assertThat(other.tells(FIRST)).isTrue();

            views.projections().rebuild("fragile").get(60, TimeUnit.SECONDS);

            assertThat(other.positions().awaitUntil(() -> other.tells(SECOND) && !other.tells(FIRST), PATIENCE))
                    .isTrue();
            views.projections().close();
            views.log().append(city.events().subList(20, 40));
            other.positions().awaitAtLeast("fragile", other.positions().head(), PATIENCE);
            assertThat(counted(views)).isEqualTo(40);
            assertThat(other.standstill("fragile")).isEmpty();
        }
    }

    @Test
    @DisplayName("While one instance rebuilds a view, another is refused, and may afterwards")
    void one_rebuilds_at_a_time() throws Exception {
        var counting = new Counting();
        try (var city = new RandomCity(42).lives(20);
                var views = new TestViews(counting);
                var other = views.beside()) {
            views.log().append(city.events());
            views.start().settle();
            other.start();
            counting.mayCountInTheSecond = new CountDownLatch(1);
            var rebuilt = views.projections().rebuild("fragile");
            assertThat(counting.countsInTheSecond.await(60, TimeUnit.SECONDS)).isTrue();

            var refused = other.rebuild("fragile");

            assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("is being rebuilt or recomputed by another instance");
            counting.mayCountInTheSecond.countDown();
            rebuilt.get(60, TimeUnit.SECONDS);
            assertThat(views.serving("fragile")).isEqualTo("fragile_b");
            other.rebuild("fragile").get(60, TimeUnit.SECONDS);
            assertThat(views.serving("fragile")).isEqualTo("fragile_a");
            assertThat(counted(views)).isEqualTo(city.events().size());
        }
    }

    @Test
    @DisplayName("Two instances that start at once on an empty database make each copy once")
    void both_start_at_once() throws Exception {
        try (var city = new RandomCity(43).lives(20);
                var views = new TestViews(new Counting());
                var other = views.beside()) {
            views.log().append(city.events());
            var begin = new CountDownLatch(1);
            var starting = Thread.ofVirtual().start(() -> {
                awaitLatch(begin);
                other.start();
            });
            begin.countDown();
            views.start();
            starting.join();

            views.settle();
            assertThat(counted(views)).isEqualTo(city.events().size());
        }
    }

    private static int counted(TestViews views) {
        return views.jdbc().queryForObject("select events from view.counted", Integer.class);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Counts what it is told; in its second copy, when it may. */
    private static final class Counting implements Projection {

        private final CountDownLatch countsInTheSecond = new CountDownLatch(1);
        private volatile CountDownLatch mayCountInTheSecond = new CountDownLatch(0);

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public void tell(List<Told> events, Tables tables) {
            tables.read("select 1 where 'b' = right('{slot}', 1) and 'x' <> any(?)", List.of("y"), row -> {
                countsInTheSecond.countDown();
                awaitLatch(mayCountInTheSecond);
            });
            tables.write(
                    "update {slot}.counted set events = events + ?", List.<Object[]>of(new Object[] {events.size()}));
        }
    }
}
