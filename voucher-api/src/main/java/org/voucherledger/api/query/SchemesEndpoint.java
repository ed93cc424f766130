package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.schemes.SchemeRow;
import org.voucherledger.projections.schemes.SchemeVersion;
import org.voucherledger.projections.schemes.Schemes;
import org.voucherledger.projections.schemes.SchemesProjection;

/** The schemes and all their versions (ALL-01): what is in force, and what a running batch was opened under. */
@RestController
@Tag(name = "Schemes")
class SchemesEndpoint {

    private final Views views;
    private final Schemes schemes;

    SchemesEndpoint(Views views, Schemes schemes) {
        this.views = views;
        this.schemes = schemes;
    }

    @Operation(summary = "Schemes with their fund and the version in force")
    @GetMapping("/api/v1/schemes")
    Slice<SchemeRow> schemes(@ParameterObject Page page) throws TimeoutException {
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> schemes.list(page.cursor(), limit),
                SchemeRow::id,
                SchemesProjection.NAME);
    }

    @Operation(summary = "The version of a scheme that is in force, with its terms")
    @GetMapping("/api/v1/schemes/{schemeId}")
    Seen<SchemeVersion> scheme(@PathVariable String schemeId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> schemes.inForce(schemeId).orElseThrow(NotThere.of("Scheme", schemeId)),
                SchemesProjection.NAME);
    }

    @Operation(summary = "Every version of a scheme with its terms, the first one first")
    @GetMapping("/api/v1/schemes/{schemeId}/versions")
    Slice<SchemeVersion> versions(@PathVariable String schemeId, @ParameterObject Page page) throws TimeoutException {
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> schemes.versions(schemeId, Math.clamp(page.afterPosition(), 0, Integer.MAX_VALUE), limit),
                version -> String.valueOf(version.version()),
                SchemesProjection.NAME);
    }

    @Operation(summary = "One version of a scheme with its terms")
    @GetMapping("/api/v1/schemes/{schemeId}/versions/{version}")
    Seen<SchemeVersion> version(
            @PathVariable String schemeId, @PathVariable String version, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> Optional.of(version)
                        .filter(number -> number.matches("[0-9]{1,9}"))
                        .flatMap(number -> schemes.version(schemeId, Integer.parseInt(number)))
                        .orElseThrow(NotThere.of("Version", schemeId + "@" + version)),
                SchemesProjection.NAME);
    }
}
