package org.voucherledger.api.redemptionpapers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.documents.KeptDocuments;
import org.voucherledger.api.reads.ReadKind;
import org.voucherledger.api.reads.RecordedRead;
import org.voucherledger.api.reads.SensitiveReads;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.register.RegisterProjection;

/** GZ-44: one package a claim, for the archive. */
@RestController
@Tag(name = "Claims")
class ClaimArchiveEndpoint {

    private final Views views;
    private final ClaimArchive archive;
    private final KeptDocuments documents;
    private final SensitiveReads reads;

    ClaimArchiveEndpoint(Views views, ClaimArchive archive, KeptDocuments documents, SensitiveReads reads) {
        this.views = views;
        this.archive = archive;
        this.documents = documents;
        this.reads = reads;
    }

    /** Written while it is made. The same log and documents give the same bytes. */
    @Operation(
            operationId = "ArchiveClaim",
            summary = "The archive package of a claim that is over, as one ZIP (GZ-44)",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description =
                                    "Documents, bank references and slips, histories, reviews, objections, the list"
                                            + " and the scheme's version, with a manifest of their SHA-256; and the proof that all"
                                            + " of it is sealed in the log.",
                            content =
                                    @Content(
                                            mediaType = "application/zip",
                                            schema = @Schema(type = "string", format = "binary"))))
    @GetMapping("/api/v1/claims/{claimId}/archive.zip")
    @PreAuthorize("hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR')")
    void archive(
            @PathVariable String claimId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws TimeoutException, IOException {
        ClaimArchive.Contents contents = views.read(
                        atLeast, () -> archive.of(claimId), AuditTrailProjection.NAME, RegisterProjection.NAME)
                .value();
        Actor actor =
                ActorAuthentication.asker(request.getUserPrincipal(), null).actor();
        RecordedRead read = reads.record(request, actor, ReadKind.ARCHIVE, claimId);
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("archive-" + claimId + ".zip", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader("Ledger-Position", Long.toString(contents.position()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ArchiveZip.write(claimId, contents, documents, read, response.getOutputStream());
    }
}
