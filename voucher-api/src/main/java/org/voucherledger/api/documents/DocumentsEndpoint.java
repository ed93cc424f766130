package org.voucherledger.api.documents;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.reads.ReadKind;
import org.voucherledger.api.reads.RecordedRead;
import org.voucherledger.api.reads.SensitiveReads;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** Documents are uploaded before a command names them (GZ-45), downloaded by those they concern, and erased (ALL-05). */
@RestController
@Tag(name = "Documents")
class DocumentsEndpoint {

    static final String PATH = "/api/v1/documents";

    private static final String ON_BEHALF_OF = "On-Behalf-Of";
    private static final int LONGEST_NAME = 255;

    private final Documents documents;
    private final DocumentRegister register;
    private final SensitiveReads reads;
    private final ProblemWriter problems;

    DocumentsEndpoint(Documents documents, DocumentRegister register, SensitiveReads reads, ProblemWriter problems) {
        this.documents = documents;
        this.register = register;
        this.reads = reads;
        this.problems = problems;
    }

    /** What a command says of the document: its hash, what its content is, and how long it is. */
    record Stored(String sha256, String mediaType, long sizeBytes) {}

    /** The body is streamed; that it needs no Idempotency-Key is because the same content is the same document. */
    @Operation(
            operationId = "UploadDocument",
            summary = "Upload a document, before a command names it (GZ-45)",
            description =
                    "The body is the file itself. PDF, JPEG and PNG are admitted, judged by their content. The same"
                            + " content again has the same answer.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = ContentJudge.PDF,
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = ContentJudge.JPEG,
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = ContentJudge.PNG,
                                        schema = @Schema(type = "string", format = "binary"))
                            }))
    @PostMapping(PATH)
    @PreAuthorize("hasAnyRole('ENTERPRISE', 'PROVIDER', 'OPERATOR', 'EXPERT', 'BUREAU', 'AUDITOR', 'PUBLIC')")
    ResponseEntity<?> upload(
            @Parameter(description = "What the file is called") @RequestParam String name,
            @RequestHeader(name = ON_BEHALF_OF, required = false) String onBehalfOf,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Actor actor = ActorAuthentication.asker(request.getUserPrincipal(), onBehalfOf)
                .entitled();
        MediaType declared = mediaType(request.getContentType());
        boolean open = MediaType.APPLICATION_OCTET_STREAM.equalsTypeAndSubtype(declared);
        if (declared == null || !open && !ContentJudge.ADMITTED.contains(declared.toString())) {
            return problems.entity(Problems.ofRequest(
                    415,
                    "UnsupportedMediaType",
                    language(request),
                    "请求内容的类型须为 application/octet-stream 或 " + ContentJudge.ADMITTED + " 之一。",
                    "Send it as application/octet-stream or as one of " + ContentJudge.ADMITTED + "."));
        }
        var entry = documents.take(
                request.getInputStream(),
                request.getContentLengthLong(),
                open ? null : declared.toString(),
                fileName(name),
                actor);
        return ResponseEntity.ok(new Stored(entry.sha256(), entry.mediaType(), entry.sizeBytes()));
    }

    /** Staff may have every document; a party those that it brought, or that were handed in to a voucher or a claim of its own. */
    @Operation(
            operationId = "DownloadDocument",
            summary =
                    "A document, for staff, for who brought it and for the parties of the voucher or claim to which it was handed in",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The file.",
                        content =
                                @Content(
                                        mediaType = MediaType.ALL_VALUE,
                                        schema = @Schema(type = "string", format = "binary"))),
                @ApiResponse(
                        responseCode = "410",
                        description = "The document was erased; the problem says when and why.",
                        content = @Content(mediaType = "application/problem+json"))
            })
    @GetMapping(PATH + "/{sha256}")
    ResponseEntity<byte[]> download(
            @PathVariable String sha256,
            @RequestHeader(name = ON_BEHALF_OF, required = false) String onBehalfOf,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Actor actor = ActorAuthentication.asker(request.getUserPrincipal(), onBehalfOf)
                .entitled();
        var entry =
                register.find(sha256).filter(found -> isEntitled(actor, sha256)).orElseThrow(() -> unknown(sha256));
        if (entry.erased() != null) {
            return problems.entity(Problems.gone(
                    "DocumentErased", entry.erased().at(), entry.erased().reason(), sha256, language(request)));
        }
        RecordedRead read = reads.record(request, actor, ReadKind.DOCUMENT, sha256);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(entry.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(register.name(sha256).orElse(sha256), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .cacheControl(CacheControl.noStore())
                .body(documents.content(sha256, read));
    }

    /** What is left of an erased document. */
    record Tombstone(String sha256, Instant erasedAt, String reason) {}

    /** The events keep the hash, which says nothing of the content. */
    @Operation(
            operationId = "EraseDocument",
            summary = "Erase a document and its name; the ledger keeps only its hash (ALL-05)")
    @DeleteMapping(PATH + "/{sha256}")
    @PreAuthorize("hasRole('BUREAU')")
    Tombstone erase(
            @PathVariable String sha256,
            @Parameter(description = "Why; without personal data") @RequestParam String reason,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Actor actor =
                ActorAuthentication.asker(request.getUserPrincipal(), null).actor();
        var erased = documents
                .erase(sha256, actor, Field.text("reason", reason))
                .orElseThrow(() -> unknown(sha256))
                .erased();
        return new Tombstone(sha256, erased.at(), erased.reason());
    }

    private boolean isEntitled(Actor actor, String sha256) {
        return actor.role().isStaff()
                || register.wasBroughtBy(actor, sha256)
                || actor.role().isParty() && register.wasHandedTo(actor, sha256);
    }

    private static Refused unknown(String sha256) {
        return new Refused(
                Rule.ALL_04.holds(Check.ACTOR, "DocumentUnknown", false, "a known Document", "unknown", sha256));
    }

    private static MediaType mediaType(String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException unreadable) {
            return null;
        }
    }

    private static String fileName(String name) {
        String text = Field.text("name", name);
        if (text.length() > LONGEST_NAME || text.matches("(?s).*[/\\\\\\r\\n\\t].*")) {
            throw new Malformed("name", "a file name of at most 255 characters, without a path");
        }
        return text;
    }

    private static Language language(HttpServletRequest request) {
        return Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }
}
