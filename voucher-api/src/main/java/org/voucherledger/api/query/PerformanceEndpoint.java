package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.projections.performance.Performance;
import org.voucherledger.projections.performance.PerformanceProjection;
import org.voucherledger.projections.performance.PerformanceReport;
import org.voucherledger.projections.performance.ProviderRating;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;

/** The performance report (SV-05) and the ratings of providers (SV-02). */
@RestController
@Tag(name = "Reports")
class PerformanceEndpoint {

    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final int MOST_RATINGS = 500;

    private final Views views;
    private final Performance performance;

    PerformanceEndpoint(Views views, Performance performance) {
        this.views = views;
        this.performance = performance;
    }

    /** Ratings, those of one provider or the best. */
    record Ratings(List<ProviderRating> items) {}

    @Operation(
            summary =
                    "What was applied for, granted, used, lapsed and redeemed, by city, district, size, industry, service type"
                            + " and provider, with the times between steps (SV-03, SV-05)")
    @GetMapping("/api/v1/reports/performance")
    @PreAuthorize(Readers.STAFF)
    Seen<PerformanceReport> report(
            @RequestParam(required = false) String scheme,
            @RequestParam(required = false) String batch,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        String ofScheme = Field.idOrNone("scheme", scheme);
        String ofBatch = Field.idOrNone("batch", batch);
        return views.read(atLeast, () -> performance.report(ofScheme, ofBatch), PerformanceProjection.NAME);
    }

    @Operation(summary = "The same as a workbook (绩效评价)")
    @GetMapping("/api/v1/reports/performance.xlsx")
    @PreAuthorize(Readers.STAFF)
    ResponseEntity<byte[]> workbook(
            @RequestParam(required = false) String scheme,
            @RequestParam(required = false) String batch,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException, IOException {
        Seen<PerformanceReport> seen = report(scheme, batch, atLeast);
        var bytes = new ByteArrayOutputStream();
        PerformanceWorkbook.write(seen, bytes);
        return ResponseEntity.ok()
                .contentType(XLSX)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"performance.xlsx\"")
                .header("Ledger-Position", Long.toString(seen.position()))
                .body(bytes.toByteArray());
    }

    @Operation(
            summary =
                    "Providers by their rating, the best first or the worst, for all services or one type (SV-02, CL-05)")
    @GetMapping("/api/v1/ratings")
    Seen<Ratings> ranked(
            @RequestParam(required = false) ServiceType serviceType,
            @RequestParam(defaultValue = "false") boolean worstFirst,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        int most = Field.between("limit", limit, 1, MOST_RATINGS);
        return views.read(
                atLeast,
                () -> new Ratings(
                        worstFirst ? performance.worst(serviceType, most) : performance.best(serviceType, most)),
                PerformanceProjection.NAME);
    }

    @Operation(summary = "How a provider's services were rated, in all and by type (SV-02)")
    @GetMapping("/api/v1/providers/{providerId}/ratings")
    Seen<Ratings> ofProvider(@PathVariable String providerId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(atLeast, () -> new Ratings(performance.ratingsOf(providerId)), PerformanceProjection.NAME);
    }
}
