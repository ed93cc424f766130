package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.security.Reader;
import org.voucherledger.projections.applications.ApplicationOutcome;
import org.voucherledger.projections.applications.ApplicationRow;
import org.voucherledger.projections.applications.Applications;
import org.voucherledger.projections.applications.ApplicationsProjection;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** What became of each application (GZ-12, GZ-14). */
@RestController
@Tag(name = "Batches")
class ApplicationsEndpoint {

    private final Views views;
    private final Applications applications;

    ApplicationsEndpoint(Views views, Applications applications) {
        this.views = views;
        this.applications = applications;
    }

    @Operation(summary = "A batch's applications in the order of the queue")
    @GetMapping("/api/v1/batches/{batchId}/applications")
    @PreAuthorize(Readers.STAFF)
    Slice<ApplicationRow> ofBatch(
            @PathVariable String batchId,
            @RequestParam(required = false) ApplicationOutcome outcome,
            @ParameterObject Page page)
            throws TimeoutException {
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> applications.ofBatch(batchId, outcome, page.afterPosition(), limit),
                application -> String.valueOf(application.place()),
                ApplicationsProjection.NAME);
    }

    @Operation(summary = "An enterprise's applications in every batch")
    @GetMapping("/api/v1/enterprises/{enterpriseId}/applications")
    @PreAuthorize(Readers.ENTERPRISES)
    Slice<ApplicationRow> ofEnterprise(
            @PathVariable String enterpriseId, @ParameterObject Page page, @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        reader.concerns(enterpriseId, enterpriseId, null, null);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> applications.ofEnterprise(enterpriseId, page.cursor(), limit),
                ApplicationRow::id,
                ApplicationsProjection.NAME);
    }
}
