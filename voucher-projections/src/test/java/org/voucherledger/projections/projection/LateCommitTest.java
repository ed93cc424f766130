package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Trap 2: a transaction that commits after one that was numbered later is shown all the same, and at its own place. */
class LateCommitTest {

    @Test
    @DisplayName("An event that is committed late is told late, and stands at its own position")
    void committed_late() throws Exception {
        try (var city = new RandomCity(21).lives(20);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()));
                var other = Executors.newSingleThreadExecutor()) {
            var events = city.events();
            int half = events.size() / 2;
            views.log().append(events.subList(0, half));
            views.start().settle();
            var written = new CountDownLatch(1);
            var mayCommit = new CountDownLatch(1);
            // These are numbered first and committed last.
            var late = other.submit(() -> views.log().append(events.subList(half, half + 2), () -> {
                written.countDown();
                await(mayCommit);
            }));
            assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
            views.log().append(events.subList(half + 2, events.size()));
            var positions = views.projections().positions();
            long head = positions.head();
            positions.awaitAtLeast(AuditTrailProjection.NAME, head, Duration.ofSeconds(20));
            assertThat(positions.progress(AuditTrailProjection.NAME).hasReached(half + 1))
                    .isFalse();

            mayCommit.countDown();
            late.get(10, TimeUnit.SECONDS);
            positions.awaitAtLeast(AuditTrailProjection.NAME, half + 2, Duration.ofSeconds(20));

            assertThat(views.jdbc().queryForList("select position from view.audit_event order by 1", Long.class))
                    .isEqualTo(views.jdbc()
                            .queryForList("select globalindex from domainevententry order by 1", Long.class));
            assertThat(views.jdbc()
                            .queryForObject(
                                    "select count(*) from view.audit_event a join domainevententry e"
                                            + " on e.globalindex = a.position and e.aggregateidentifier = a.stream_id"
                                            + " and e.sequencenumber = a.sequence",
                                    Integer.class))
                    .isEqualTo(events.size());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
