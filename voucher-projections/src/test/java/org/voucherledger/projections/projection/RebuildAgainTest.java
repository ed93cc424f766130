package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** A rebuild that was given up may be asked for again. */
class RebuildAgainTest {

    @Test
    @DisplayName("A rebuild after one that failed has its own tries, and succeeds once the cause is gone")
    void a_failed_rebuild_is_not_held_against_the_next() throws Exception {
        var counting = new Counting();
        try (var city = new RandomCity(35).lives(20);
                var views = new TestViews(counting)) {
            views.log().append(city.events());
            views.start().settle();
            counting.broken = true;
            var first = views.projections().rebuild("fragile");
            assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS)).hasMessageContaining("cannot count");

            counting.broken = false;
            views.projections().rebuild("fragile").get(60, TimeUnit.SECONDS);

            assertThat(views.serving("fragile")).isEqualTo("fragile_b");
            assertThat(views.jdbc().queryForObject("select events from view.counted", Integer.class))
                    .isEqualTo(city.events().size());
        }
    }

    /** Counts what it is told, unless it is broken. */
    private static final class Counting implements Projection {

        private volatile boolean broken;

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public void tell(List<Told> events, Tables tables) {
            if (broken) {
                throw new IllegalStateException("cannot count");
            }
            tables.write(
                    "update {slot}.counted set events = events + ?", List.<Object[]>of(new Object[] {events.size()}));
        }
    }
}
