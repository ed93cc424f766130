package org.voucherledger.projections.audittrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

class TrailVerificationTest {

    @Test
    @DisplayName("ALL-04: an event that the audit trail passed over is missed, with both counts")
    void an_event_passed_over() throws Exception {
        try (var city = new RandomCity(95).lives(20);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            var verification = new TrailVerification(
                    views.views(),
                    views.projections(),
                    new AuditTrail(views.dataSource(), views.log().serializer()),
                    views.eventLog());
            views.start();
            assertThat(verification.violations()).as("of an empty log").isEmpty();
            views.log().append(city.events());
            assertThat(verification.violations()).isEmpty();

            views.jdbc().update("delete from audittrail_a.event where position = 5");

            long events = city.events().size();
            assertThat(verification.violations())
                    .isEqualTo(List.of("audit trail: %d events are shown up to position %d, the log holds %d"
                            .formatted(events - 1, events, events)));
        }
    }
}
