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
import org.voucherledger.domain.command.Role;
import org.voucherledger.projections.claimworklist.Claim;
import org.voucherledger.projections.claimworklist.ClaimFile;
import org.voucherledger.projections.claimworklist.ClaimStage;
import org.voucherledger.projections.claimworklist.ClaimWorklist;
import org.voucherledger.projections.claimworklist.ClaimWorklistProjection;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** The worklist of claims. */
@RestController
@Tag(name = "Claims")
class ClaimsEndpoint {

    private final Views views;
    private final ClaimWorklist worklist;

    ClaimsEndpoint(Views views, ClaimWorklist worklist) {
        this.views = views;
        this.worklist = worklist;
    }

    @Operation(summary = "Claims by stage, claimant, provider and batch; a party's own")
    @GetMapping("/api/v1/claims")
    @PreAuthorize(Readers.CLAIMANTS)
    Slice<Claim> claims(
            @RequestParam(required = false) ClaimStage stage,
            @RequestParam(required = false) String claimant,
            @RequestParam(required = false) String provider,
            @RequestParam(required = false) String batch,
            @ParameterObject Page page,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        var asked = new ClaimWorklist.Asked(
                stage, reader.only(Role.ENTERPRISE, claimant), reader.only(Role.PROVIDER, provider), batch);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> worklist.claims(asked, page.cursor(), limit),
                Claim::id,
                ClaimWorklistProjection.NAME);
    }

    @Operation(summary = "A claim with its items and objections")
    @GetMapping("/api/v1/claims/{claimId}")
    @PreAuthorize(Readers.CLAIMANTS)
    Seen<ClaimFile> claim(
            @PathVariable String claimId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        Seen<ClaimFile> seen = views.read(
                atLeast,
                () -> worklist.claim(claimId).orElseThrow(NotThere.of("Claim", claimId)),
                ClaimWorklistProjection.NAME);
        Claim claim = seen.value().claim();
        reader.concerns(claimId, claim.claimantId(), claim.providerId(), null);
        return seen;
    }
}
