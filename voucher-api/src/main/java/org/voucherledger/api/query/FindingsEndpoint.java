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
import org.voucherledger.projections.findings.FindingRow;
import org.voucherledger.projections.findings.Findings;
import org.voucherledger.projections.findings.FindingsProjection;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** The worklist of complaints and spot checks; who brought a complaint finds it and its answer again (SV-04). */
@RestController
@Tag(name = "Findings")
class FindingsEndpoint {

    private final Views views;
    private final Findings findings;

    FindingsEndpoint(Views views, Findings findings) {
        this.views = views;
        this.findings = findings;
    }

    @Operation(
            summary =
                    "Complaints and spot checks, open or answered, by whom they concern; of a party its own complaints (SV-04)")
    @GetMapping("/api/v1/findings")
    @PreAuthorize(Readers.COMPLAINANTS)
    Slice<FindingRow> findings(
            @RequestParam(required = false) Boolean open,
            @RequestParam(required = false) String voucher,
            @RequestParam(required = false) String enterprise,
            @RequestParam(required = false) String provider,
            @ParameterObject Page page,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        var asked =
                new Findings.Asked(open, voucher, enterprise, provider, reader.isStaff() ? null : broughtBy(reader));
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> findings.findings(asked, page.cursor(), limit),
                FindingRow::id,
                FindingsProjection.NAME);
    }

    @Operation(summary = "A complaint or a spot check as it is now")
    @GetMapping("/api/v1/findings/{findingId}")
    @PreAuthorize(Readers.COMPLAINANTS)
    Seen<FindingRow> finding(
            @PathVariable String findingId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> {
                    FindingRow found = findings.finding(findingId).orElseThrow(NotThere.of("Finding", findingId));
                    if (!reader.isStaff() && !findings.wasBrought(findingId, broughtBy(reader))) {
                        throw reader.refusal(findingId);
                    }
                    return found;
                },
                FindingsProjection.NAME);
    }

    private static String broughtBy(Reader reader) {
        return Findings.broughtBy(reader.actor().role().name(), reader.bringer(), "");
    }
}
