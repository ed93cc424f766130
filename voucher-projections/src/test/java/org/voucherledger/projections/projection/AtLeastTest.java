package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Readers who ask for a view that has come at least so far. */
class AtLeastTest {

    private static final String NAME = AuditTrailProjection.NAME;
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    private static Views patient(TestViews views) {
        return new Views(views.projections(), views.dataSource(), views.log().transactions(), FOR_EVER);
    }

    @Test
    @DisplayName("A position that the log has not reached is not waited for")
    void above_the_log() throws Exception {
        try (var city = new RandomCity(71).lives(5);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.log().append(city.events());
            views.start().settle();
            long head = views.projections().positions().head();

            assertThat(patient(views).read(head, () -> "read", NAME).position()).isEqualTo(head);
            assertTimeoutPreemptively(
                    AT_ONCE,
                    () -> assertThatThrownBy(() -> patient(views).read(head + 1, () -> "read", NAME))
                            .isInstanceOf(TimeoutException.class)
                            .hasMessage("the log itself ends at " + head));
        }
    }

    @Test
    @DisplayName("Nothing at all has been reached on an empty log as well")
    void an_empty_log() {
        try (var views = new TestViews(new AuditTrailProjection(TestViews.serializer())).start()) {
            assertTimeoutPreemptively(
                    AT_ONCE,
                    () -> assertThat(patient(views).read(0L, () -> "read", NAME).position())
                            .isEqualTo(-1));
        }
    }
}
