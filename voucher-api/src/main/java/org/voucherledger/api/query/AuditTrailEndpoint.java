package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** The audit trail (ALL-04): who did what, when, on whose behalf, why, under which version. */
@RestController
@Tag(name = "Audit trail")
class AuditTrailEndpoint {

    private final Views views;
    private final AuditTrail trail;

    AuditTrailEndpoint(Views views, AuditTrail trail) {
        this.views = views;
        this.trail = trail;
    }

    @Operation(
            summary =
                    "Every event, or those that concern a subject: voucher:ID, batch:ID, enterprise:ID, provider:ID, claim:ID, scheme:ID")
    @GetMapping("/api/v1/audit-trail")
    @PreAuthorize(Readers.STAFF)
    Slice<AuditEntry> trail(@RequestParam(required = false) String subject, @ParameterObject Page page)
            throws TimeoutException {
        Subject asked = subject == null
                ? null
                : Subject.parse(subject).orElseThrow(() -> new Malformed("subject", "kind:id, e.g. voucher:B1-A1-V1"));
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> asked == null
                        ? trail.all(page.afterPosition(), limit)
                        : trail.of(asked, page.afterPosition(), limit),
                entry -> String.valueOf(entry.position()),
                AuditTrailProjection.NAME);
    }
}
