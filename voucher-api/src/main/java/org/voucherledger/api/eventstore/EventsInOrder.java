package org.voucherledger.api.eventstore;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * Tells the events of several streams in the order of the whole log: what no stream by itself can say. Reads only, a bounded
 * page at a time and each in a transaction of its own, so that it neither fills the memory nor holds a connection while
 * somebody thinks about what was told.
 */
@Component
public class EventsInOrder {

    /**
     * An event with its place in the log.
     *
     * @param at the ledger's time of it: the stamp of the command that caused it
     */
    public record Placed(long position, Instant at, DomainEvent event) {}

    private record Row(
            long position, String stream, long sequence, Instant at, String type, String revision, byte[] payload) {}

    private static final int PAGE = 2_000;

    private static final String COLUMNS = """
            select global_index, aggregate_identifier, sequence_number, payload_type, payload_revision, payload, recorded_at,
                   convert_from(meta_data, 'UTF8')::jsonb ->> 'receivedAt'
            from ledger.domain_event
            """;

    private static final RowMapper<Row> ROW = (row, number) -> {
        String received = row.getString(8);
        return new Row(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                received == null ? row.getObject(7, OffsetDateTime.class).toInstant() : Instant.parse(received),
                row.getString(4),
                row.getString(5),
                row.getBytes(6));
    };

    private final JdbcTemplate sql;
    private final Serializer serializer;

    public EventsInOrder(JdbcTemplate sql, Serializer serializer) {
        this.sql = sql;
        this.serializer = serializer;
    }

    /** Tells one stream up to this position of the log; a stream that does not exist has nothing to tell. */
    public void tell(String stream, long upTo, Consumer<Placed> told) {
        long after = -1;
        List<Row> page;
        do {
            page = sql.query(COLUMNS + """
                    where aggregate_identifier = ? and sequence_number > ? and global_index <= ?
                    order by sequence_number limit ?
                    """, ROW, stream, after, upTo, PAGE);
            for (Row row : page) {
                told.accept(placed(row));
                after = row.sequence();
            }
        } while (page.size() == PAGE);
    }

    /**
     * Tells, up to this position, the events of all streams whose names begin with one of these and that are wanted.
     *
     * @param wanted asked with the name of a stream; what it turns down is not even made an event of
     */
    public void tell(Collection<String> beginnings, Predicate<String> wanted, long upTo, Consumer<Placed> told) {
        long after = -1;
        List<Row> page;
        do {
            long from = after;
            page = sql.query(
                    COLUMNS + """
                    where global_index > ? and global_index <= ? and aggregate_identifier ^@ any(?)
                    order by global_index limit ?
                    """,
                    statement -> {
                        statement.setLong(1, from);
                        statement.setLong(2, upTo);
                        statement.setArray(
                                3, statement.getConnection().createArrayOf("text", beginnings.toArray(String[]::new)));
                        statement.setInt(4, PAGE);
                    },
                    ROW);
            for (Row row : page) {
                if (wanted.test(row.stream())) {
                    told.accept(placed(row));
                }
                after = row.position();
            }
        } while (page.size() == PAGE);
    }

    private Placed placed(Row row) {
        DomainEvent event = serializer.deserialize(
                new SimpleSerializedObject<>(row.payload(), byte[].class, row.type(), row.revision()));
        return new Placed(row.position(), row.at(), event);
    }
}
