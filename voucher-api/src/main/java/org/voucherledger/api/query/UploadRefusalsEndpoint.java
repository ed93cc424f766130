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
import org.voucherledger.projections.projection.Projections;

/** Every upload that was refused (GZ-45, ALL-05): who brought what, when, and which rule said no. Newest first. */
@RestController
@Tag(name = "Audit trail")
class UploadRefusalsEndpoint {

    private final JdbcClient sql;
    private final Projections projections;

    UploadRefusalsEndpoint(JdbcClient sql, Projections projections) {
        this.projections = projections;
        this.sql = sql;
    }

    /**
     * A refused upload.
     *
     * @param declared the media type that the sender gave, or {@code null}
     * @param sha256 of what came, or {@code null} where it was too large to be read to its end
     * @param limit what the rule allows
     * @param used what was found
     */
    record UploadRefusal(
            long id,
            Instant receivedAt,
            String actor,
            String role,
            String onBehalfOf,
            String declared,
            String sha256,
            Long sizeBytes,
            String rule,
            String about,
            String stage,
            String limit,
            String used) {}

    /**
     * A page of refused uploads.
     *
     * @param next the cursor of the following page, or {@code null}
     * @param position of the last event of the log when they were read
     */
    record UploadRefusals(List<UploadRefusal> items, String next, long position) {}

    @Operation(summary = "Refused uploads, newest first, by rule, actor and time (GZ-45)")
    @GetMapping("/api/v1/refusals/uploads")
    @PreAuthorize(Readers.STAFF)
    UploadRefusals refusals(
            @RequestParam(required = false) String rule,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime until,
            @ParameterObject Page page) {
        long position = projections.positions().head();
        List<UploadRefusal> found = sql.sql("""
                        select id, received_at, actor, role, on_behalf_of, declared, sha256, size_bytes, rule, about, stage,
                               limit_figure, used_figure
                        from ledger.upload_refusal
                        where id < :before
                          and (cast(:rule as text) is null or rule = :rule)
                          and (cast(:actor as text) is null or actor = :actor)
                          and received_at >= :from and received_at < :until
                        order by id desc limit :limit
                        """)
                .param("before", page.beforePosition())
                .param("rule", rule)
                .param("actor", actor)
                .param("from", RefusalsEndpoint.moment("from", from, 1))
                .param("until", RefusalsEndpoint.moment("until", until, 9999))
                .param("limit", page.limit() + 1)
                .query((row, n) -> new UploadRefusal(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, Long.class),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13)))
                .list();
        boolean more = found.size() > page.limit();
        List<UploadRefusal> items = more ? found.subList(0, page.limit()) : found;
        return new UploadRefusals(
                List.copyOf(items), more ? String.valueOf(items.getLast().id()) : null, position);
    }
}
