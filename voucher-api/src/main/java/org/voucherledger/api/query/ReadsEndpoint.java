package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.reads.ReadKind;

/** Every read of what is sensitive, for the auditor: who read what, when and under which request. Newest first. */
@RestController
@Tag(name = "Audit trail")
class ReadsEndpoint {

    private final JdbcClient sql;

    ReadsEndpoint(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param subject which one was read: {@code party/reference/kind}, a document's SHA-256, a claim
     * @param request the method and the path
     */
    record Read(
            long id,
            Instant readAt,
            String actor,
            String role,
            String onBehalfOf,
            ReadKind kind,
            String subject,
            String requestId,
            String request) {}

    /** @param next the cursor of the following page, or {@code null} */
    record Reads(List<Read> items, String next) {}

    @Operation(summary = "Reads of personal data, documents and archives, newest first, by whom, of what, and time")
    @GetMapping("/api/v1/reads")
    @PreAuthorize("hasRole('AUDITOR')")
    Reads reads(
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) ReadKind kind,
            @RequestParam(required = false) String subject,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime until,
            @ParameterObject Page page) {
        long before = page.beforePosition();
        List<Read> found = sql.sql("""
                        select id, read_at, actor, role, on_behalf_of, kind, subject, request_id, request
                        from ledger.sensitive_read
                        where id < :before
                          and (cast(:actor as text) is null or actor = :actor)
                          and (cast(:kind as text) is null or kind = :kind)
                          and (cast(:subject as text) is null or subject = :subject)
                          and read_at >= :from and read_at < :until
                        order by id desc limit :limit
                        """)
                .param("before", before)
                .param("actor", actor)
                .param("kind", kind == null ? null : kind.name())
                .param("subject", subject)
                .param("from", RefusalsEndpoint.moment("from", from, 1))
                .param("until", RefusalsEndpoint.moment("until", until, 9999))
                .param("limit", page.limit() + 1)
                .query((row, n) -> new Read(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        ReadKind.valueOf(row.getString(6)),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9)))
                .list();
        boolean more = found.size() > page.limit();
        List<Read> items = more ? found.subList(0, page.limit()) : found;
        return new Reads(
                List.copyOf(items), more ? String.valueOf(items.getLast().id()) : null);
    }
}
