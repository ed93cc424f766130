package org.voucherledger.api.redemptionpapers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.paper.PdfPaper;
import org.voucherledger.api.paper.Sheet;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.query.Readers;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.register.RegisterProjection;

/** GZ-40: the papers of a claim, made by the ledger, for who claims and for staff. */
@RestController
@Tag(name = "Claims")
class ClaimPapersEndpoint {

    private static final String DRAFT = "/api/v1/claim-drafts";
    private static final String CLAIM = "/api/v1/claims/{claimId}";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final Views views;
    private final ClaimBook book;
    private final ProblemWriter problems;

    ClaimPapersEndpoint(Views views, ClaimBook book, ProblemWriter problems) {
        this.views = views;
        this.book = book;
        this.problems = problems;
    }

    /** What is asked for stands in the path: which of the two papers, and whether to read on or to print. */
    @Operation(
            summary =
                    "The application form (form) or the usage summary (summary) of a claim, as XLSX or as PDF (GZ-40)",
            description = "Ledger-Position says as of which position of the log.")
    @GetMapping({CLAIM + "/form.xlsx", CLAIM + "/form.pdf", CLAIM + "/summary.xlsx", CLAIM + "/summary.pdf"})
    @PreAuthorize(Readers.CLAIMANTS)
    ResponseEntity<byte[]> ofClaim(
            @PathVariable String claimId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader,
            @Parameter(hidden = true) HttpServletRequest request)
            throws TimeoutException, IOException {
        Seen<ClaimFigures> seen = views.read(
                atLeast,
                () -> book.figures(claimId).orElseThrow(() -> unknown(claimId)),
                AuditTrailProjection.NAME,
                RegisterProjection.NAME);
        return paper(seen, reader, claimId, request.getRequestURI());
    }

    @Operation(
            summary =
                    "The same papers for a claim that is to be made of these vouchers, to be stamped and handed in with it (GZ-40)",
            description = "Ledger-Position says as of which position of the log.")
    @GetMapping({DRAFT + "/form.xlsx", DRAFT + "/form.pdf", DRAFT + "/summary.xlsx", DRAFT + "/summary.pdf"})
    @PreAuthorize(Readers.CLAIMANTS)
    ResponseEntity<byte[]> ofDraft(
            @RequestParam List<String> voucherId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader,
            @Parameter(hidden = true) HttpServletRequest request)
            throws TimeoutException, IOException {
        List<String> vouchers = Field.list("voucherId", voucherId, ClaimCommand.MOST_ITEMS);
        Seen<ClaimFigures> seen =
                views.read(atLeast, () -> book.draft(vouchers), AuditTrailProjection.NAME, RegisterProjection.NAME);
        return paper(seen, reader, vouchers.getFirst(), request.getRequestURI());
    }

    private ResponseEntity<byte[]> paper(Seen<ClaimFigures> seen, Reader reader, String asked, String path)
            throws IOException {
        ClaimFigures claim = seen.value();
        String claimant = claim.claimant().id();
        reader.concerns(asked, claimant, claimant, null);
        boolean form = path.contains("/form.");
        boolean pdf = path.endsWith(".pdf");
        Sheet sheet = (form ? ClaimForms.form(claim) : ClaimForms.summary(claim)).asOf(seen.position());
        byte[] file = pdf ? PdfPaper.print(sheet) : XlsxPaper.print(sheet);
        String name = sheet.title() + "-" + asked + (pdf ? ".pdf" : ".xlsx");
        return ResponseEntity.ok()
                .contentType(pdf ? MediaType.APPLICATION_PDF : MediaType.parseMediaType(XLSX))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("Ledger-Position", Long.toString(seen.position()))
                .cacheControl(CacheControl.noStore())
                .body(file);
    }

    private static Refused unknown(String claimId) {
        return new Refused(Rule.ALL_04.holds(Check.ACTOR, "ClaimUnknown", false, "a known Claim", "unknown", claimId));
    }

    /** Nothing is left out of a paper: whoever has such a name takes the spreadsheet and a font of their own. */
    @ExceptionHandler
    ResponseEntity<byte[]> notPrintable(PdfPaper.NotPrintable missing, HttpServletRequest request) {
        return problems.entity(Problems.ofRequest(
                422,
                "NotPrintable",
                Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
                "PDF 字体中没有“" + missing.character() + "”字，请改用 .xlsx 文件打印。",
                "The font of the PDF has no " + missing.character() + "; print the .xlsx file instead."));
    }
}
