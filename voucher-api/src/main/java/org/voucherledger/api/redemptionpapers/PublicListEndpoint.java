package org.voucherledger.api.redemptionpapers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;

/** GZ-42: what is published is for everybody, without a token: the list of a claim as a page and as the file that was hashed. */
@RestController
@Tag(name = "Public notice")
@SecurityRequirements
class PublicListEndpoint {

    private static final String PATH = "/public/claims/{claimId}";
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Views views;
    private final ClaimBook book;

    PublicListEndpoint(Views views, ClaimBook book) {
        this.views = views;
        this.book = book;
    }

    @Operation(operationId = "PublicListPage", summary = "The published list of a claim, as a page in Chinese (GZ-42)")
    @GetMapping(value = PATH, produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<byte[]> page(@PathVariable String claimId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        Seen<PublicNotice> seen = notice(claimId, atLeast);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("Ledger-Position", Long.toString(seen.position()))
                .body(PublicListPage.html(seen.value(), seen.position(), seen.asOf())
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes whose SHA-256 stands in the ledger. */
    @Operation(
            operationId = "PublicListFile",
            summary = "The published list as the file whose SHA-256 is in the ledger (GZ-42)")
    @GetMapping(PATH + "/list.csv")
    ResponseEntity<byte[]> file(@PathVariable String claimId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return file(notice(claimId, atLeast).value().first());
    }

    /** The same, of one item. */
    @Operation(
            operationId = "PublicListFileAnew",
            summary = "The list of an item that was published anew, as the file whose SHA-256 is in the ledger (GZ-42)")
    @GetMapping(PATH + "/list-{position:[0-9]{1,18}}.csv")
    ResponseEntity<byte[]> fileAnew(
            @PathVariable String claimId, @PathVariable long position, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return file(notice(claimId, atLeast).value().lists().stream()
                .filter(list -> list.anew() && list.position() == position)
                .findFirst()
                .orElseThrow(() -> unknown(claimId + "/" + position)));
    }

    private static ResponseEntity<byte[]> file(PublishedList list) {
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("公示-" + list.claimId() + ".csv", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("List-SHA256", list.sha256())
                .header("Ledger-Position", Long.toString(list.position()))
                .body(list.file());
    }

    private Seen<PublicNotice> notice(String claimId, Long atLeast) throws TimeoutException {
        return views.read(
                atLeast, () -> book.notice(claimId).orElseThrow(() -> unknown(claimId)), AuditTrailProjection.NAME);
    }

    private static Refused unknown(String claimId) {
        return new Refused(
                Rule.ALL_04.holds(Check.ACTOR, "ClaimUnknown", false, "a published Claim", "unknown", claimId));
    }
}
