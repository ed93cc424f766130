package org.voucherledger.api.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** Takes lists as files and tells how far their import is (GZ-01, GZ-02, GZ-04, SV-01). */
@RestController
@Tag(name = "Imports")
class ImportsEndpoint {

    private static final String STAFF = "hasAnyRole('OPERATOR', 'BUREAU', 'AUDITOR', 'SYSTEM')";
    private static final int MOST_SHOWN = 500;
    private static final int LONGEST_KEY = 200;

    private final Imports imports;
    private final ImportSpool spool;
    private final ImportWorker worker;
    private final LedgerClock clock;
    private final ProblemWriter problems;

    ImportsEndpoint(
            Imports imports, ImportSpool spool, ImportWorker worker, LedgerClock clock, ProblemWriter problems) {
        this.imports = imports;
        this.spool = spool;
        this.worker = worker;
        this.clock = clock;
        this.problems = problems;
    }

    /** A page of a report. */
    record Report(List<ReportRow> items, String next) {}

    /** A row of a report: where, what, and why in both languages. */
    record ReportRow(long line, String column, String about, String reasonZh, String reasonEn, String value) {}

    /** Imports, the latest first. */
    record Latest(List<Import> items) {}

    /** The same actor has used the key for another file or another way of importing it. */
    static final class KeyReused extends RuntimeException {

        private final String key;

        KeyReused(String key) {
            super(key, null, false, false);
            this.key = key;
        }
    }

    @Operation(
            summary =
                    "Import a list from a CSV or XLSX file: recognitions, blacklist or enterprises (GZ-01, GZ-02, GZ-04)",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "The file itself; what it is is judged by its content.",
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    @PostMapping({"/api/v1/imports/recognitions", "/api/v1/imports/blacklist", "/api/v1/imports/enterprises"})
    @PreAuthorize("hasRole('OPERATOR')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Import take(
            @Parameter(description = "good-rows keeps the good rows; all-or-nothing does nothing where one is not good")
                    @RequestParam(defaultValue = "good-rows")
                    String mode,
            @Parameter(description = "Look and tell, and do nothing") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            @Parameter(description = "Only for the blacklist, all or nothing: who is not on it is cleared")
                    @RequestParam(defaultValue = "false")
                    boolean complete,
            @Parameter(description = "What the file is called") @RequestParam(required = false) String fileName,
            @Parameter(description = "The caller's name for this request") @RequestHeader("Idempotency-Key") String key,
            HttpServletRequest request)
            throws IOException {
        Actor actor =
                ActorAuthentication.asker(request.getUserPrincipal(), null).actor();
        var asked = asked(actor, kind(request), mode, dryRun, complete, fileName, key);
        ImportSpool.Spooled file = spool.take(request.getInputStream());
        asked = new Imports.Asked(
                asked.actor(),
                asked.idempotencyKey(),
                asked.kind(),
                asked.fileName(),
                file.sha256(),
                asked.mode(),
                asked.dryRun(),
                asked.complete());
        if (imports.enter(file.id(), asked, file.path(), clock.now())) {
            worker.start(file.id());
            return imports.find(file.id()).orElseThrow();
        }
        ImportSpool.remove(file.path());
        Import earlier = imports.underKey(actor, key).orElseThrow();
        if (!isTheSame(earlier, asked)) {
            throw new KeyReused(key);
        }
        return earlier;
    }

    /** The last part of the address; there are no other addresses than those of the kinds. */
    private static ListKind kind(HttpServletRequest request) {
        String address = request.getRequestURI();
        return ListKind.of(address.substring(address.lastIndexOf('/') + 1)).orElseThrow();
    }

    private static Imports.Asked asked(
            Actor actor, ListKind kind, String mode, boolean dryRun, boolean complete, String fileName, String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Malformed("Idempotency-Key", "must be given: 1 to " + LONGEST_KEY + " visible ASCII characters");
        }
        Import.Mode how = switch (mode) {
            case "good-rows" -> Import.Mode.GOOD_ROWS;
            case "all-or-nothing" -> Import.Mode.ALL_OR_NOTHING;
            default -> throw new Malformed("mode", "must be one of good-rows, all-or-nothing");
        };
        if (complete && (kind != ListKind.BLACKLIST || how != Import.Mode.ALL_OR_NOTHING)) {
            throw new Malformed(
                    "complete",
                    "is only for the blacklist and with mode=all-or-nothing: a list with a bad row is not complete");
        }
        return new Imports.Asked(actor, key, kind, Field.optionalText("fileName", fileName), "", how, dryRun, complete);
    }

    private static boolean isTheSame(Import earlier, Imports.Asked asked) {
        return earlier.kind() == asked.kind()
                && earlier.fileSha256().equals(asked.fileSha256())
                && earlier.mode() == asked.mode()
                && earlier.dryRun() == asked.dryRun()
                && earlier.complete() == asked.complete();
    }

    @Operation(summary = "The latest imports")
    @GetMapping("/api/v1/imports")
    @PreAuthorize(STAFF)
    Latest latest(@RequestParam(defaultValue = "50") int limit) {
        return new Latest(imports.latest(Field.between("limit", limit, 1, MOST_SHOWN)));
    }

    @Operation(summary = "How far an import is")
    @GetMapping("/api/v1/imports/{importId}")
    @PreAuthorize(STAFF)
    Import one(@PathVariable String importId) {
        return imports.find(id(importId)).orElseThrow(() -> unknown(importId));
    }

    @Operation(summary = "What was wrong with which row of an import, page by page")
    @GetMapping("/api/v1/imports/{importId}/report")
    @PreAuthorize(STAFF)
    Report report(
            @PathVariable String importId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) String cursor) {
        one(importId);
        int most = Field.between("limit", limit, 1, MOST_SHOWN);
        List<Imports.Entry> entries = imports.report(id(importId), after(cursor), most + 1);
        boolean more = entries.size() > most;
        List<Imports.Entry> shown = more ? entries.subList(0, most) : entries;
        return new Report(
                shown.stream().map(ImportsEndpoint::row).toList(),
                more ? String.valueOf(shown.getLast().id()) : null);
    }

    @Operation(summary = "The whole report of an import as a CSV file")
    @GetMapping(path = "/api/v1/imports/{importId}/report.csv", produces = "text/csv")
    @PreAuthorize(STAFF)
    void reportCsv(@PathVariable String importId, HttpServletResponse response) throws IOException {
        UUID id = id(one(importId).id());
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"import-" + id + ".csv\"");
        try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            ReportCsv csv = new ReportCsv(out);
            long after = 0;
            for (var page = imports.report(id, after, MOST_SHOWN);
                    !page.isEmpty();
                    page = imports.report(id, after, MOST_SHOWN)) {
                csv.write(page);
                after = page.getLast().id();
            }
        }
    }

    @ExceptionHandler
    ResponseEntity<byte[]> tooLarge(ImportSpool.TooLarge tooLarge, HttpServletRequest request) {
        return problems.entity(Problems.ofRequest(
                413,
                "TooLarge",
                language(request),
                "文件过大",
                "The file is too large",
                "文件最多 " + tooLarge.mostBytes() + " 字节，请分成多个文件。",
                "A file of at most " + tooLarge.mostBytes() + " bytes is taken here; split it."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> keyReused(KeyReused reused, HttpServletRequest request) {
        return problems.entity(Problems.of(new Answer.KeyReused(reused.key), language(request)));
    }

    private static ReportRow row(Imports.Entry entry) {
        RowFlaw flaw = entry.flaw();
        return new ReportRow(
                flaw.line(),
                flaw.column(),
                flaw.about(),
                flaw.words().chinese(),
                flaw.words().english(),
                flaw.value());
    }

    private static long after(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new Malformed("cursor", "next of the page before");
        }
        return Long.parseLong(cursor);
    }

    private static UUID id(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT))
                .filter(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .map(UUID::fromString)
                .orElseThrow(() -> unknown(text));
    }

    private static Refused unknown(String id) {
        return new Refused(Rule.ALL_04.holds(Check.ACTOR, "ImportUnknown", false, "a known import", "unknown", id));
    }

    private static Language language(HttpServletRequest request) {
        return Language.preferred(request.getHeader("Accept-Language"));
    }
}
