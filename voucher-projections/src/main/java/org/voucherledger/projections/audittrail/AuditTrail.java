package org.voucherledger.projections.audittrail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.domain.aggregate.DomainEvent;

/** Reads the trail. To be asked inside one snapshot. */
public final class AuditTrail {

    private static final String COLUMNS =
            "e.position, e.stream_id, e.sequence, e.type, e.at, e.recorded_at, e.actor, e.role, e.on_behalf_of, e.reason,"
                    + " e.command_id, e.scheme_version, e.serialized_as, e.revision, e.payload";

    private final JdbcClient jdbc;
    private final Serializer payloads;

    /** @param payloads the serializer that wrote the trail */
    public AuditTrail(DataSource dataSource, Serializer payloads) {
        this.jdbc = JdbcClient.create(dataSource);
        this.payloads = payloads;
    }

    /** What concerns a subject, in order, after a position. */
    public List<AuditEntry> of(Subject subject, long after, int limit) {
        return jdbc.sql("select " + COLUMNS + " from view.audit_concern c join view.audit_event e using (position)"
                        + " where c.kind = ? and c.id = ? and c.position > ? order by c.position limit ?")
                .params(subject.kind().name(), subject.id(), after, limit)
                .query((row, n) -> AuditEntry.of(row))
                .list();
    }

    /** Everything, in order, after a position. */
    public List<AuditEntry> all(long after, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + " from view.audit_event e where e.position > ? order by e.position limit ?")
                .params(after, limit)
                .query((row, n) -> AuditEntry.of(row))
                .list();
    }

    /**
     * The decisions of the authority that moved a date, a budget or a limit, in order, after a position (ALL-06).
     *
     * @param subject that they concern, or {@code null} for all of them
     */
    public List<AuditEntry> decisions(Subject subject, long after, int limit) {
        return jdbc.sql("select " + COLUMNS + " from view.audit_event e where e.decision and e.position > :after"
                        + " and (cast(:kind as text) is null or exists (select 1 from view.audit_concern c"
                        + " where c.kind = :kind and c.id = :id and c.position = e.position))"
                        + " order by e.position limit :limit")
                .param("after", after)
                .param("kind", subject == null ? null : subject.kind().name())
                .param("id", subject == null ? null : subject.id())
                .param("limit", limit)
                .query((row, n) -> AuditEntry.of(row))
                .list();
    }

    /** The decision of the authority at this position; empty if something else, or nothing, stands there. */
    public Optional<AuditEntry> decision(long position) {
        return jdbc.sql("select " + COLUMNS + " from view.audit_event e where e.decision and e.position = ?")
                .param(position)
                .query((row, n) -> AuditEntry.of(row))
                .optional();
    }

    /** What was published of claims for everybody (GZ-42), the latest first, before a position. */
    public List<Recorded> published(long before, int limit) {
        return jdbc
                .sql("select " + COLUMNS + " from view.audit_event e"
                        + " where e.type in ('ClaimPublished', 'ItemPublishedAnew') and e.position < ?"
                        + " order by e.position desc limit ?")
                .params(before, limit)
                .query((row, n) -> written(row))
                .list()
                .stream()
                .map(this::recorded)
                .toList();
    }

    /** Those of a kind that any event of a voucher concerns besides it. */
    public Set<String> concernedBesides(String voucherId, SubjectKind kind) {
        return jdbc.sql("select distinct b.id from view.audit_concern v join view.audit_concern b using (position)"
                        + " where v.kind = 'VOUCHER' and v.id = ? and b.kind = ?")
                .params(voucherId, kind.name())
                .query(String.class)
                .set();
    }

    /** How many events it shows. */
    public long count() {
        return jdbc.sql("select count(*) from view.audit_event")
                .query(Long.class)
                .single();
    }

    /** A stream's events in their order, as the log holds them. Empty if there is no such stream. */
    public List<Recorded> stream(String streamId) {
        return ofStream(streamId).stream().map(this::recorded).toList();
    }

    private record Written(AuditEntry entry, SerializedObject<String> payload) {}

    private List<Written> ofStream(String streamId) {
        return jdbc.sql("select " + COLUMNS + " from view.audit_event e where e.stream_id = ? order by e.sequence")
                .param(streamId)
                .query((row, n) -> written(row))
                .list();
    }

    private Recorded recorded(Written written) {
        return new Recorded(written.entry(), (DomainEvent) payloads.deserialize(written.payload()));
    }

    private static Written written(ResultSet row) throws SQLException {
        return new Written(
                AuditEntry.of(row),
                new SimpleSerializedObject<>(
                        row.getString("payload"),
                        String.class,
                        row.getString("serialized_as"),
                        row.getString("revision")));
    }
}
