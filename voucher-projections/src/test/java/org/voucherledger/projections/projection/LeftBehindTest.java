package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** The old copy cannot be dropped after the new one serves. */
@ExtendWith(OutputCaptureExtension.class)
class LeftBehindTest {

    private static final String NAME = AuditTrailProjection.NAME;

    @Test
    @DisplayName("A rebuild has succeeded although the old copy stays behind, and is not said to have failed")
    void an_old_copy_that_stays(CapturedOutput output) throws Exception {
        try (var city = new RandomCity(51).lives(20);
                var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.log().append(city.events());
            views.start().settle();
            views.jdbc()
                    .execute("create function public.keep() returns event_trigger language plpgsql as"
                            + " 'begin raise exception ''nothing is dropped today''; end'");
            views.jdbc()
                    .execute("create event trigger keep on sql_drop when tag in ('DROP SCHEMA')"
                            + " execute function public.keep()");

            views.projections().rebuild(NAME).get(60, TimeUnit.SECONDS);

            assertThat(views.serving(NAME)).isEqualTo(NAME + "_b");
            assertThat(output.getAll())
                    .contains("the old copy audittrail_a cannot be dropped")
                    .doesNotContain("Rebuilding audittrail failed");
            views.jdbc().execute("drop event trigger keep");
            views.projections().rebuild(NAME).get(60, TimeUnit.SECONDS);
            assertThat(views.serving(NAME)).isEqualTo(NAME + "_a");
        }
    }
}
