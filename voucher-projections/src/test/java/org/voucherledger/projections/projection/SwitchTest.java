package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Reading while views are told more, rebuilt and switched. */
class SwitchTest {

    private static final String NAME = AuditTrailProjection.NAME;

    /** What a reader saw in one reading. */
    private record Reading(long position, long rows, long highest) {}

    @Test
    @DisplayName(
            "What is read belongs to the position that is answered, and the position never falls, through any switch")
    void a_reader_never_sees_a_switch() throws Exception {
        try (var city = new RandomCity(31).lives(200);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()));
                var reader = Executors.newSingleThreadExecutor()) {
            views.log().append(city.events().subList(0, 50));
            views.start().settle();
            var stop = new AtomicBoolean();
            var read = reader.submit(() -> readUntil(stop, views));
            int at = 50;
            for (int rebuild = 0; rebuild < 4; rebuild++) {
                var done = views.projections().rebuild(NAME);
                while (!done.isDone() && at < city.events().size()) {
                    views.log().append(city.events().subList(at, ++at));
                }
                done.get(60, TimeUnit.SECONDS);
            }
            stop.set(true);

            assertThat(read.get(60, TimeUnit.SECONDS)).isGreaterThan(10);
        }
    }

    /** Reads over and over; answers how often. */
    private static int readUntil(AtomicBoolean stop, TestViews views) throws TimeoutException {
        int readings = 0;
        long before = 0;
        var reader = views.views();
        while (!stop.get()) {
            Seen<Reading> seen = reader.read(null, () -> reading(views), NAME);
            // The log of this test has no gaps, so a view at position n has n rows, of which the last is n.
            assertThat(seen.value()).isEqualTo(new Reading(seen.position(), seen.position(), seen.position()));
            assertThat(seen.position()).isGreaterThanOrEqualTo(before);
            before = seen.position();
            readings++;
        }
        return readings;
    }

    private static Reading reading(TestViews views) {
        return views.jdbc()
                .queryForObject(
                        "select count(*), max(position) from view.audit_event",
                        (row, n) -> new Reading(
                                views.projections().positions().progress(NAME).position(),
                                row.getLong(1),
                                row.getLong(2)));
    }

    @Test
    @DisplayName("A rebuild that cannot succeed is given up, and the old copy goes on serving and being told")
    void a_rebuild_that_fails_leaves_the_old_copy() throws Exception {
        try (var city = new RandomCity(32).lives(20);
                var views = new TestViews(new FailsInItsSecondCopy())) {
            views.log().append(city.events().subList(0, 20));
            views.start().settle();

            var rebuilt = views.projections().rebuild("fragile");

            assertThatThrownBy(() -> rebuilt.get(60, TimeUnit.SECONDS)).hasMessageContaining("the second copy fails");
            assertThat(views.projections().isRebuilding("fragile")).isFalse();
            views.log().append(city.events().subList(20, 30));
            views.settle();
            assertThat(views.serving("fragile")).isEqualTo("fragile_a");
            assertThat(views.projections().standstill("fragile")).isEmpty();
        }
    }

    @Test
    @DisplayName("A view that fails says why, and goes on by itself when the cause is gone")
    void a_fault_is_said_and_mended() throws Exception {
        try (var city = new RandomCity(33).lives(20);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.start();
            views.jdbc().execute("alter table audittrail_a.event rename to mislaid");
            views.log().append(city.events());
            var positions = views.projections().positions();
            assertThat(positions.awaitUntil(
                            () -> views.projections().standstill(NAME).isPresent(), Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(views.projections().standstill(NAME))
                    .hasValueSatisfying(f -> assertThat(f.reason()).contains("audittrail_a"));

            views.jdbc().execute("alter table audittrail_a.mislaid rename to event");

            views.settle();
            assertThat(views.projections().standstill(NAME)).isEmpty();
            assertThat(new AuditTrail(views.dataSource(), views.log().serializer()).all(-1, 10_000))
                    .hasSameSizeAs(city.events());
        }
    }

    @Test
    @DisplayName("Waiting for a position ends with it, or with the time")
    void waiting_for_a_position() throws Exception {
        try (var city = new RandomCity(34).lives(5);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer())).start();
                var writer = Executors.newSingleThreadExecutor()) {
            var positions = views.projections().positions();
            assertThat(positions.head()).isEqualTo(-1);
            assertThatThrownBy(() -> positions.awaitAtLeast(NAME, 1, Duration.ofMillis(50)))
                    .isInstanceOf(TimeoutException.class);

            var written = writer.submit(() -> views.log().append(city.events()));
            positions.awaitAtLeast(NAME, city.events().size(), Duration.ofSeconds(30));

            written.get(10, TimeUnit.SECONDS);
            assertThat(views.projections().lag(NAME, Instant.MAX)).isEqualTo(new Lag(0, Duration.ZERO));
            assertThat(positions.progress(NAME).asOf())
                    .isEqualTo(Told.timeOf(city.events().getLast()));
        }
    }

    /** Counts what it is told, but not in its second copy. */
    private static final class FailsInItsSecondCopy implements Projection {
        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public void tell(List<Told> events, Tables tables) {
            tables.write(
                    "update {slot}.counted set events = events + ?", List.<Object[]>of(new Object[] {events.size()}));
            tables.read("select 1 where 'b' = right('{slot}', 1) and 'x' <> any(?)", List.of("y"), row -> {
                throw new IllegalStateException("the second copy fails");
            });
        }
    }
}
