package org.voucherledger.api.eventstore;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.aggregate.DomainEvent;

/** Reads several streams at once, in the order of the whole log: what no stream by itself can say. Reads only. */
@Component
public class EventsInOrder {

    /**
     * An event with its place in the log.
     *
     * @param at the ledger's time of it: the stamp of the command that caused it
     */
    public record Placed(long position, Instant at, DomainEvent event) {}

    private final JdbcTemplate sql;
    private final Serializer serializer;

    public EventsInOrder(JdbcTemplate sql, Serializer serializer) {
        this.sql = sql;
        this.serializer = serializer;
    }

    /** Every event of these streams; a stream that does not exist has none. */
    public List<Placed> of(Collection<String> streams) {
        return sql.query(
                """
                select global_index, payload_type, payload_revision, payload, recorded_at,
                       convert_from(meta_data, 'UTF8')::jsonb ->> 'receivedAt'
                from ledger.domain_event where aggregate_identifier = any(?) order by global_index
                """,
                statement -> statement.setArray(
                        1, statement.getConnection().createArrayOf("text", streams.toArray(String[]::new))),
                (row, number) -> {
                    String received = row.getString(6);
                    return new Placed(
                            row.getLong(1),
                            received == null
                                    ? row.getObject(5, OffsetDateTime.class).toInstant()
                                    : Instant.parse(received),
                            event(row.getString(2), row.getString(3), row.getBytes(4)));
                });
    }

    private DomainEvent event(String type, String revision, byte[] payload) {
        return serializer.deserialize(new SimpleSerializedObject<>(payload, byte[].class, type, revision));
    }
}
