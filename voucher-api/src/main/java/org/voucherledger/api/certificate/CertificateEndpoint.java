package org.voucherledger.api.certificate;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.certificate.Certification.Issued;
import org.voucherledger.api.paper.PdfPaper;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.query.BooksWhen;
import org.voucherledger.api.seal.SealAlarm;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.books.TrialBalance;
import org.voucherledger.projections.certificate.Certificate;

/** ALL-03: the conservation certificate of a batch or a scheme, as a page to be printed and as a note to be checked. */
@RestController
@Tag(name = "Books")
class CertificateEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateEndpoint.class);

    private static final String PATH = "/api/v1/certificates";
    private static final String CERTIFIERS = "hasAnyRole('AUDITOR', 'BUREAU', 'OPERATOR')";
    private static final String SUMMARY =
            "The signed conservation certificate of a batch or a scheme, at the newest sealed position or at a past one";
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final int TRY_AGAIN_SECONDS = 60;

    private final Certification certification;
    private final ProblemWriter problems;

    CertificateEndpoint(Certification certification, ProblemWriter problems) {
        this.certification = certification;
        this.problems = problems;
    }

    /** Whose books: exactly one of the two. */
    record Of(String batch, String scheme) {
        Scope scope() {
            if ((batch == null) == (scheme == null)) {
                throw new Malformed("batch", "must be given, or scheme: one of the two");
            }
            return batch != null ? Scope.batch(Field.id("batch", batch)) : Scope.scheme(Field.id("scheme", scheme));
        }
    }

    /**
     * The certificate for programs.
     *
     * @param note the signed note; what else is said here can be read in it
     * @param sha256 of the note's bytes
     * @param books with every equation and both its sides
     */
    record Told(
            String note,
            String sha256,
            String ledger,
            long position,
            Instant time,
            long size,
            String root,
            TrialBalance books) {}

    @Operation(summary = SUMMARY + ", as a C2SP signed note", description = "Ledger-Position says of which position.")
    @GetMapping(value = PATH + ".txt")
    @PreAuthorize(CERTIFIERS)
    ResponseEntity<byte[]> text(@ParameterObject Of of, @ParameterObject BooksWhen when) throws TimeoutException {
        Issued issued = certification.issue(of.scope(), when);
        return file(issued, written(issued), TEXT, ".txt");
    }

    @Operation(summary = SUMMARY + ", as one page", description = "Ledger-Position says of which position.")
    @GetMapping(value = PATH + ".pdf")
    @PreAuthorize(CERTIFIERS)
    ResponseEntity<byte[]> page(@ParameterObject Of of, @ParameterObject BooksWhen when)
            throws TimeoutException, IOException {
        Issued issued = certification.issue(of.scope(), when);
        byte[] page = PdfPaper.printOnOnePage(
                CertificateSheet.of(issued, sha256(issued)),
                issued.note().written().lines().toList());
        return file(issued, page, MediaType.APPLICATION_PDF, ".pdf");
    }

    @Operation(summary = SUMMARY + ", with its figures as JSON")
    @GetMapping({PATH, PATH + ".json"})
    @PreAuthorize(CERTIFIERS)
    ResponseEntity<Told> json(@ParameterObject Of of, @ParameterObject BooksWhen when) throws TimeoutException {
        Issued issued = certification.issue(of.scope(), when);
        Certificate certificate = issued.certificate();
        return answer(issued)
                .body(new Told(
                        issued.note().written(),
                        sha256(issued),
                        certificate.checkpoint().origin(),
                        certificate.position(),
                        certificate.time(),
                        certificate.checkpoint().size(),
                        certificate.checkpoint().root().base64(),
                        certificate.figures().trial()));
    }

    private static ResponseEntity<byte[]> file(Issued issued, byte[] bytes, MediaType type, String ending) {
        Scope scope = issued.certificate().figures().scope();
        String name = "certificate-" + scope.id() + "-" + issued.certificate().position() + ending;
        return answer(issued)
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(bytes);
    }

    private static ResponseEntity.BodyBuilder answer(Issued issued) {
        return ResponseEntity.ok()
                .header("Ledger-Position", Long.toString(issued.certificate().position()))
                .cacheControl(CacheControl.noStore());
    }

    private static byte[] written(Issued issued) {
        return issued.note().written().getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(Issued issued) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(written(issued)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What is wrong with key or log is for whoever runs the ledger; the caller hears that nothing is signed. */
    @ExceptionHandler
    ResponseEntity<byte[]> notSigned(SealAlarm alarm, HttpServletRequest request) {
        LOG.warn("A certificate was asked for and not signed: {}", alarm.getMessage());
        return problems.entity(
                Problems.tryAgain(
                        "NothingIsSigned",
                        TRY_AGAIN_SECONDS,
                        language(request),
                        "账本目前不签署任何文件",
                        "The ledger signs nothing at the moment",
                        "封存已停止或签署密钥不可用，故不签发证书；请联系账本运维人员。",
                        "Sealing has been halted or the key is not at hand, so no certificate is signed; tell whoever runs the ledger."));
    }

    /** Nothing is left out of a certificate: whoever has so many batches takes the note itself. */
    @ExceptionHandler
    ResponseEntity<byte[]> tooLong(PdfPaper.NotOnOnePage tooLong, HttpServletRequest request) {
        return problems.entity(Problems.ofRequest(
                422,
                "NotOnOnePage",
                language(request),
                "批次过多，一页印不下；请改用 .txt 证书，或按批次签发。",
                "It has too many batches for one page; take the .txt certificate, or one of each batch."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> notPrintable(PdfPaper.NotPrintable missing, HttpServletRequest request) {
        return problems.entity(Problems.ofRequest(
                422,
                "NotPrintable",
                language(request),
                "PDF 字体中没有“" + missing.character() + "”字，请改用 .txt 证书。",
                "The font of the PDF has no " + missing.character() + "; take the .txt certificate instead."));
    }

    private static Language language(HttpServletRequest request) {
        return Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
