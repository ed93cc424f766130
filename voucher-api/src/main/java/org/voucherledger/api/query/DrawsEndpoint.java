package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.audit.Frame;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.projections.audit.AuditFindingRow;
import org.voucherledger.projections.audit.AuditProjection;
import org.voucherledger.projections.audit.Audits;
import org.voucherledger.projections.audit.DrawRow;
import org.voucherledger.projections.audit.DrawnRow;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** Draws, what was drawn, and the findings about it (SV-04). */
@RestController
@Tag(name = "Audit")
class DrawsEndpoint {

    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final MediaType TABS = MediaType.parseMediaType("text/tab-separated-values;charset=UTF-8");

    private final Views views;
    private final Audits audits;
    private final Frames frames;

    DrawsEndpoint(Views views, Audits audits, Frames frames) {
        this.views = views;
        this.audits = audits;
        this.frames = frames;
    }

    @Operation(summary = "Draws, announced or drawn, by scheme and batch (SV-04)")
    @GetMapping("/api/v1/draws")
    @PreAuthorize(Readers.STAFF)
    Slice<DrawRow> draws(
            @RequestParam(required = false) String scheme,
            @RequestParam(required = false) String batch,
            @RequestParam(required = false) Boolean drawn,
            @ParameterObject Page page)
            throws TimeoutException {
        var asked = new Audits.AskedDraws(scheme, batch, drawn);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> audits.draws(asked, page.cursor(), limit),
                DrawRow::id,
                AuditProjection.NAME);
    }

    @Operation(summary = "A draw as it is now")
    @GetMapping("/api/v1/draws/{drawId}")
    @PreAuthorize(Readers.STAFF)
    Seen<DrawRow> draw(@PathVariable String drawId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(atLeast, () -> known(drawId), AuditProjection.NAME);
    }

    @Operation(
            summary =
                    "What was drawn, with each voucher's figures at the position of the frame; nothing until it has been drawn")
    @GetMapping("/api/v1/draws/{drawId}/items")
    @PreAuthorize(Readers.STAFF)
    Slice<DrawnRow> items(@PathVariable String drawId, @ParameterObject Page page) throws TimeoutException {
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> audits.drawn(known(drawId).id(), page.cursor(), limit),
                DrawnRow::voucherId,
                AuditProjection.NAME);
    }

    @Operation(
            summary =
                    "All that could be drawn: number, stratum, amount in fen, provider and its rating; its SHA-256 is the announced one")
    @GetMapping("/api/v1/draws/{drawId}/frame.tsv")
    @PreAuthorize(Readers.STAFF)
    ResponseEntity<String> frame(@PathVariable String drawId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        Seen<String> seen = views.read(atLeast, () -> frame(known(drawId)).text(), AuditProjection.NAME);
        return ResponseEntity.ok()
                .contentType(TABS)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"frame-" + drawId + ".tsv\"")
                .header("Ledger-Position", Long.toString(seen.position()))
                .body(seen.value());
    }

    @Operation(summary = "Work papers (工作底稿): the draw, what was drawn, the findings and their follow-up")
    @GetMapping("/api/v1/draws/{drawId}/papers.xlsx")
    @PreAuthorize(Readers.STAFF)
    ResponseEntity<byte[]> papers(@PathVariable String drawId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException, IOException {
        Seen<WorkPapers> seen = views.read(
                atLeast,
                () -> new WorkPapers(
                        known(drawId),
                        audits.drawn(drawId, null, Integer.MAX_VALUE),
                        audits.findings(new Audits.AskedFindings(null, drawId, null), -1, Integer.MAX_VALUE)),
                AuditProjection.NAME);
        var bytes = new ByteArrayOutputStream();
        WorkPapersWorkbook.write(seen, bytes);
        return ResponseEntity.ok()
                .contentType(XLSX)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"draw-" + drawId + ".xlsx\"")
                .header("Ledger-Position", Long.toString(seen.position()))
                .body(bytes.toByteArray());
    }

    @Operation(
            summary = "Findings about drawn vouchers with their follow-up, open or closed, by draw and voucher (SV-04)")
    @GetMapping("/api/v1/audit-findings")
    @PreAuthorize(Readers.STAFF)
    Slice<AuditFindingRow> findings(
            @RequestParam(required = false) Boolean open,
            @RequestParam(required = false) String draw,
            @RequestParam(required = false) String voucher,
            @ParameterObject Page page)
            throws TimeoutException {
        var asked = new Audits.AskedFindings(open, draw, voucher);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> audits.findings(asked, page.afterPosition(), limit),
                finding -> Long.toString(finding.recordedPosition()),
                AuditProjection.NAME);
    }

    @Operation(summary = "A finding about a drawn voucher, with its follow-up")
    @GetMapping("/api/v1/draws/{drawId}/findings/{auditFindingId}")
    @PreAuthorize(Readers.STAFF)
    Seen<AuditFindingRow> finding(
            @PathVariable String drawId,
            @PathVariable String auditFindingId,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> audits.finding(drawId, auditFindingId).orElseThrow(NotThere.of("AuditFinding", auditFindingId)),
                AuditProjection.NAME);
    }

    private DrawRow known(String drawId) {
        return audits.draw(drawId).orElseThrow(NotThere.of("Draw", drawId));
    }

    private Frame frame(DrawRow draw) {
        List<Stratum> strata =
                draw.strata().stream().map(DrawRow.Layer::stratum).toList();
        return Frame.of(
                frames.at(FrameScope.of(draw.schemeId(), draw.batchId(), draw.items(), strata), draw.framePosition()),
                strata);
    }
}
