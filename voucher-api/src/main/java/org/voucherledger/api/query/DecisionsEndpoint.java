package org.voucherledger.api.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.affected.AffectedPage;
import org.voucherledger.projections.affected.AffectedPages;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.decisions.Foretelling;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** What the authority has decided about dates, budgets and limits, and who gained or lost by it (ALL-06). */
@RestController
@Tag(name = "Decisions of the authority")
class DecisionsEndpoint {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final Views views;
    private final AuditTrail trail;
    private final AffectedPages affected;

    DecisionsEndpoint(Views views, AuditTrail trail, AffectedPages affected) {
        this.views = views;
        this.trail = trail;
        this.affected = affected;
    }

    /** A decision as it was recorded, with a page of those whom it affected as everything stood at it. */
    record Effect(AuditEntry decision, @JsonUnwrapped AffectedPage page) {}

    @Operation(
            summary =
                    "The authority's decisions that moved a date, a budget or a limit, all or of a batch:ID, scheme:ID or provider:ID (ALL-06)")
    @GetMapping("/api/v1/decisions")
    @PreAuthorize(Readers.STAFF)
    Slice<AuditEntry> decisions(@RequestParam(required = false) String subject, @ParameterObject Page page)
            throws TimeoutException {
        Subject asked = subject == null
                ? null
                : Subject.parse(subject).orElseThrow(() -> new Malformed("subject", "kind:id, e.g. voucher:B1-A1-V1"));
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> trail.decisions(asked, page.afterPosition(), limit),
                entry -> String.valueOf(entry.position()),
                AuditTrailProjection.NAME);
    }

    @Operation(summary = "Who gained or lost by a decision, as everything stood at its position (ALL-06)")
    @GetMapping("/api/v1/decisions/{decision}/affected")
    @PreAuthorize(Readers.STAFF)
    Seen<Effect> affected(
            @Parameter(description = "The position of the decision") @PathVariable String decision,
            @ParameterObject Page page)
            throws TimeoutException {
        AuditEntry entry = views.read(page.atLeast(), () -> decision(decision), AuditTrailProjection.NAME)
                .value();
        return views.read(
                entry.position(),
                () -> new Effect(entry, affected.recorded(entry.position(), page.cursor(), page.limit())),
                Foretelling.VIEWS);
    }

    private AuditEntry decision(String position) {
        Optional<AuditEntry> found =
                POSITION.matcher(position).matches() ? trail.decision(Long.parseLong(position)) : Optional.empty();
        return found.orElseThrow(NotThere.of("Decision", position));
    }
}
