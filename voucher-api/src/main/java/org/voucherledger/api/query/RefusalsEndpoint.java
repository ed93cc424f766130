package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Field;
import org.voucherledger.projections.projection.Projections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every refusal there was (ALL-02): who asked for what, when, and which rule said no. Newest first. */
@RestController
@Tag(name = "Audit trail")
class RefusalsEndpoint {

    private final JdbcClient sql;
    private final Projections projections;
    private final JsonMapper json = JsonMapper.builder().build();

    RefusalsEndpoint(JdbcClient sql, Projections projections) {
        this.projections = projections;
        this.sql = sql;
    }

    /** @param decision the rule's answer with its figures, as it was given */
    record Refusal(
            long id,
            Instant receivedAt,
            String actor,
            String role,
            String onBehalfOf,
            String key,
            String command,
            String rule,
            String about,
            String stage,
            long position,
            JsonNode decision) {}

    /**
     * A page of refusals.
     *
     * @param next the cursor of the following page, or {@code null}
     * @param position of the last event of the log when they were read; what was refused up to there is among them
     */
    record Refusals(List<Refusal> items, String next, long position) {}

    @Operation(summary = "Refusals, newest first, by rule, actor and time")
    @GetMapping("/api/v1/refusals")
    @PreAuthorize(Readers.STAFF)
    Refusals refusals(
            @RequestParam(required = false) String rule,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) OffsetDateTime until,
            @ParameterObject Page page) {
        long position = projections.positions().head();
        long before = page.beforePosition();
        List<Refusal> found = sql.sql("""
                        select id, received_at, actor, role, on_behalf_of, idempotency_key, command_type, rule, about, stage,
                               position, answer::text
                        from ledger.command_answer
                        where outcome = 'REFUSED' and id < :before
                          and (cast(:rule as text) is null or rule = :rule)
                          and (cast(:actor as text) is null or actor = :actor)
                          and received_at >= :from and received_at < :until
                        order by id desc limit :limit
                        """)
                .param("before", before)
                .param("rule", rule)
                .param("actor", actor)
                .param("from", moment("from", from, 1))
                .param("until", moment("until", until, 9999))
                .param("limit", page.limit() + 1)
                .query((row, n) -> new Refusal(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getLong(11),
                        json.readTree(row.getString(12))))
                .list();
        boolean more = found.size() > page.limit();
        List<Refusal> items = more ? found.subList(0, page.limit()) : found;
        return new Refusals(
                List.copyOf(items), more ? String.valueOf(items.getLast().id()) : null, position);
    }

    static OffsetDateTime moment(String name, OffsetDateTime given, int otherwiseYear) {
        if (given == null) {
            return OffsetDateTime.of(otherwiseYear, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        }
        return Field.given(name, given.toInstant()).atOffset(ZoneOffset.UTC);
    }
}
