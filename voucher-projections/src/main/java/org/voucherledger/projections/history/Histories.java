package org.voucherledger.projections.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.rule.Evidence;
import org.voucherledger.projections.audittrail.AuditEntry;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Tables;
import tools.jackson.databind.JsonNode;

/**
 * Tells streams again from the audit trail, as of any position of the log. To be asked inside one snapshot.
 *
 * <p>Only one page is ever held, however long a stream is: what lies before it is folded row by row, and a page ends early
 * where the states on it grow large.
 */
public final class Histories {

    /** Rows that are fetched at a time. */
    private static final int FETCHED = 500;

    /** Of states on one page, in characters of JSON; a page has at least one step. */
    private static final int LARGE = 4_000_000;

    private static final String STEPS = """
            select e.*, own.position as decided_at, own.decided_by as decided, first.position as began_at
            from view.audit_event e
            left join lateral (
                select d.position, d.decided_by from view.audit_event d
                where d.decided_by is not null and d.command_id = e.command_id and d.actor = e.actor
                  and d.position <= e.position
                order by d.position desc limit 1) own on true
            left join lateral (
                select d.position from view.audit_event d
                where d.decided_by is not null and d.command_id = e.command_id and d.actor = e.actor
                  and d.position <= e.position
                order by d.position limit 1) first on true
            where e.stream_id = ? and e.position > ? and e.position <= ?
            order by e.sequence limit ?
            """;

    private static final String BEFORE = """
            select position, at, serialized_as, revision, payload from view.audit_event
            where stream_id = ? and position > ? and position <= ? order by sequence
            """;

    private final JdbcTemplate jdbc;
    private final Serializer payloads;
    private final int large;

    /** @param payloads the serializer that wrote the trail */
    public Histories(DataSource dataSource, Serializer payloads) {
        this(dataSource, payloads, LARGE);
    }

    Histories(DataSource dataSource, Serializer payloads, int large) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.payloads = payloads;
        this.large = large;
        jdbc.setFetchSize(FETCHED);
    }

    /**
     * A page of a stream's steps as of a position of the log; empty where the stream has no event up to there.
     *
     * @param after the position of the last step of the page before
     */
    public Optional<History> steps(String streamId, long asOf, long after, int limit) {
        return Replay.of(streamId).filter(r -> begins(streamId, asOf)).map(replay -> {
            var bearing = new Bearing();
            fold(streamId, -1, Math.min(after, asOf), replay, bearing);
            return page(streamId, asOf, after, limit, replay, bearing);
        });
    }

    private History page(String streamId, long asOf, long after, int limit, Replay replay, Bearing bearing) {
        var page = new ArrayList<Step>();
        var size = new int[1];
        var more = new boolean[1];
        JsonNode[] state = {StateJson.of(replay.state())};
        jdbc.query(
                STEPS,
                row -> {
                    if (page.size() == limit || size[0] >= large) {
                        more[0] = true;
                        return;
                    }
                    tell(row, replay, bearing);
                    JsonNode now = StateJson.of(replay.state());
                    page.add(step(row, bearing, Change.between(state[0], now), now));
                    state[0] = now;
                    size[0] += now.toString().length();
                },
                streamId,
                after,
                asOf,
                limit + 1);
        return new History(
                streamId, page, more[0] ? String.valueOf(page.getLast().event().position()) : null, asOf, timeOf(asOf));
    }

    /** What became different between two positions; empty where the stream has no event up to the later one. */
    public Optional<Difference> between(String streamId, long from, long to) {
        return Replay.of(streamId).filter(r -> begins(streamId, to)).map(replay -> {
            var bearing = new Bearing();
            fold(streamId, -1, from, replay, bearing);
            JsonNode before = StateJson.of(replay.state());
            long steps = fold(streamId, from, to, replay, bearing);
            return new Difference(streamId, from, to, steps, Change.between(before, StateJson.of(replay.state())));
        });
    }

    /** The position of the last event that had been recorded by this moment; 0 where there was none. */
    public long positionAt(Instant moment) {
        return jdbc
                .queryForList(
                        "select position from view.audit_event where recorded_at <= ? order by recorded_at desc, position desc limit 1",
                        Long.class,
                        Tables.time(moment))
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private Instant timeOf(long position) {
        return jdbc.queryForObject(
                "select recorded_at from view.audit_event where position <= ? order by position desc limit 1",
                (row, n) -> row.getTimestamp(1).toInstant(),
                position);
    }

    private boolean begins(String streamId, long asOf) {
        return !jdbc.queryForList(
                        "select 1 from view.audit_event where stream_id = ? and sequence = 0 and position <= ?",
                        streamId,
                        asOf)
                .isEmpty();
    }

    /** Tells the events after one position up to another; answers how many there were. */
    private long fold(String streamId, long after, long upTo, Replay replay, Bearing bearing) {
        var told = new long[1];
        jdbc.query(
                BEFORE,
                row -> {
                    tell(row, replay, bearing);
                    told[0]++;
                },
                streamId,
                after,
                upTo);
        return told[0];
    }

    private void tell(ResultSet row, Replay replay, Bearing bearing) throws SQLException {
        DomainEvent event = payloads.deserialize(new SimpleSerializedObject<>(
                row.getString("payload"), String.class, row.getString("serialized_as"), row.getString("revision")));
        replay.tell(event);
        bearing.tell(row.getLong("position"), row.getTimestamp("at").toInstant(), event, replay.state());
    }

    private static Step step(ResultSet row, Bearing bearing, List<Change> changed, JsonNode now) throws SQLException {
        String decided = row.getString("decided");
        return new Step(
                AuditEntry.of(row),
                bearing.trueSince(),
                bearing.replaces(),
                number(row, "decided_at"),
                number(row, "began_at"),
                decided == null ? List.of() : evidence(decided),
                changed,
                now);
    }

    @SuppressWarnings("unchecked")
    private static List<Decided> evidence(String decided) {
        return Evidence.read((List<List<Object>>) Json.read(decided, List.class)).stream()
                .map(Decided::of)
                .toList();
    }

    private static Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
