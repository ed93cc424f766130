package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.VoucherStep;
import org.voucherledger.projections.projection.Seen;
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

    /** A voucher's whole life. */
    record History(String voucherId, List<VoucherStep> items) {}

    @Operation(summary = "Every event of a voucher in order, with the voucher's state after each")
    @GetMapping("/api/v1/vouchers/{voucherId}/history")
    Seen<History> history(@PathVariable String voucherId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        Seen<History> seen =
                views.read(atLeast, () -> new History(voucherId, trail.voucher(voucherId)), AuditTrailProjection.NAME);
        if (seen.value().items().isEmpty()) {
            throw NotThere.of("Voucher", voucherId).get();
        }
        return seen;
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
