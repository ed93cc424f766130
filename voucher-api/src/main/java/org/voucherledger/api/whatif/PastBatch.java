package org.voucherledger.api.whatif;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.time.Shanghai;

/** Reads out of the log what a batch was decided upon: its own events, its queue's, and those of who applied. */
@Component
class PastBatch {

    /**
     * An event with its place in the log.
     *
     * @param at the ledger's time of it
     */
    record Past(long position, Instant at, DomainEvent event) {}

    private final JdbcTemplate sql;
    private final Serializer serializer;

    PastBatch(JdbcTemplate sql, Serializer serializer) {
        this.sql = sql;
        this.serializer = serializer;
    }

    /** The batch's own events; none where there is no such batch. */
    List<Past> batch(String batchId) {
        return read(List.of("batch:" + batchId));
    }

    /** Everything that bears on the decisions of this batch, in the order of the log. */
    List<Past> everythingAbout(BatchOpened batch, List<Past> ofBatch) {
        var streams = new TreeSet<String>();
        List<Past> queue = read(List.of("queue:" + batch.batchId()));
        for (Past past : queue) {
            if (past.event() instanceof ApplicationQueued queued) {
                streams.add("enterprise:" + queued.enterpriseId());
                streams.add("enterprisequota:" + batch.schemeId() + ":" + queued.enterpriseId() + ":"
                        + Shanghai.yearOf(queued.receivedAt()));
            }
        }
        var all = new ArrayList<>(ofBatch);
        all.addAll(queue);
        all.addAll(read(streams));
        all.sort((one, other) -> Long.compare(one.position(), other.position()));
        return all;
    }

    private List<Past> read(Collection<String> streams) {
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
                    return new Past(
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

    /** The opening of the batch, {@code null} where there is none. */
    static BatchOpened opened(List<Past> ofBatch) {
        return ofBatch.isEmpty()
                ? null
                : (BatchOpened) (BatchEvent) ofBatch.getFirst().event();
    }
}
