package org.voucherledger.api.eventstore;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;

/**
 * The log in {@code ledger.domain_event}.
 *
 * <p>Writers hold their lane's lock until they have committed, so positions become visible in order and a gap can only be
 * left by a transaction that was rolled back. Readers nevertheless wait {@link #GAP_TIMEOUT} before they give a gap up,
 * because what they skip is skipped for ever; the server ends any transaction long before that.
 */
public final class PostgresEventStorage extends JdbcEventStorageEngine {

    static final Duration GAP_TIMEOUT = Duration.ofHours(1);
    private static final int ROWS_READ_AT_ONCE = 1_000;
    private static final String UNIQUE_VIOLATION = "23505";

    /** An aggregate evolves by its events alone: who caused them and by which decisions is not even fetched. */
    private static final byte[] UNREAD = "{}".getBytes(StandardCharsets.US_ASCII);

    private static final String STREAMS = """
            select event.* from unnest(?::text[], ?::bigint[]) as asked (stream, after) cross join lateral (
                select aggregate_identifier, sequence_number, type, event_identifier, recorded_at, payload_type, payload_revision,
                    payload
                from ledger.domain_event where aggregate_identifier = asked.stream and sequence_number > asked.after
                order by sequence_number) as event
            """;

    /** One statement however many there are; the positions are drawn in the order of the rows. */
    private static final String APPEND = """
            insert into ledger.domain_event (event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                payload_type, payload_revision, payload, meta_data)
            select event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                payload_type, payload_revision, payload, meta_data
            from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::bytea[],
                ?::bytea[]) with ordinality as event (event_identifier, aggregate_identifier, sequence_number, type,
                recorded_at, payload_type, payload_revision, payload, meta_data, number)
            order by number
            returning global_index
            """;

    private final ConnectionProvider connections;
    private final Serializer serializer;

    private PostgresEventStorage(Builder builder, ConnectionProvider connections, Serializer serializer) {
        super(builder);
        this.connections = connections;
        this.serializer = serializer;
    }

    public static PostgresEventStorage over(
            ConnectionProvider connections, TransactionManager transactions, Serializer serializer) {
        var builder = JdbcEventStorageEngine.builder();
        builder.connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .batchSize(ROWS_READ_AT_ONCE)
                // A stream has no holes: fewer rows than asked for are the last ones.
                .finalAggregateBatchPredicate(rows -> rows.size() < ROWS_READ_AT_ONCE)
                .gapTimeout(Math.toIntExact(GAP_TIMEOUT.toMillis()))
                // Only time gives a gap up. Axon's usual 10,000 positions are a few seconds of a rush.
                .maxGapOffset(Integer.MAX_VALUE)
                .createTokenAt((connection, schema, at) -> {
                    PreparedStatement first = connection.prepareStatement("SELECT min(" + schema.globalIndexColumn()
                            + ") - 1 FROM " + schema.domainEventTable() + " WHERE " + schema.timestampColumn()
                            + " >= ?");
                    first.setObject(1, at.atOffset(ZoneOffset.UTC));
                    return first;
                })
                .schema(EventSchema.builder()
                        .eventTable("ledger.domain_event")
                        .globalIndexColumn("global_index")
                        .timestampColumn("recorded_at")
                        .eventIdentifierColumn("event_identifier")
                        .aggregateIdentifierColumn("aggregate_identifier")
                        .sequenceNumberColumn("sequence_number")
                        .typeColumn("type")
                        .payloadTypeColumn("payload_type")
                        .payloadRevisionColumn("payload_revision")
                        .payloadColumn("payload")
                        .metaDataColumn("meta_data")
                        .build());
        return new PostgresEventStorage(builder, connections, serializer);
    }

    /**
     * All of these streams in one go, each in its order; one that does not exist is empty. For aggregates: the events come without
     * their metadata.
     *
     * @param after from behind which event each is read; -1 for all of it
     */
    Map<String, List<DomainEventMessage<?>>> streams(Map<String, Long> after) {
        var rows = new HashMap<String, List<DomainEventData<?>>>();
        after.keySet().forEach(id -> rows.put(id, new ArrayList<>()));
        try (Connection connection = connections.getConnection();
                PreparedStatement select = connection.prepareStatement(STREAMS)) {
            select.setArray(1, connection.createArrayOf("text", after.keySet().toArray(String[]::new)));
            select.setArray(2, connection.createArrayOf("int8", after.values().toArray(Long[]::new)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.get(row.getString(1)).add(event(row));
                }
            }
        } catch (SQLException fault) {
            throw new EventStoreException("streams could not be read", fault);
        }
        var streams = new HashMap<String, List<DomainEventMessage<?>>>();
        rows.forEach((id, data) -> streams.put(id, messages(data)));
        return streams;
    }

    /** Makes the JSON of these events, which keep it. */
    void pack(List<? extends EventMessage<?>> events) {
        for (EventMessage<?> event : events) {
            event.serializePayload(serializer, byte[].class);
            event.serializeMetaData(serializer, byte[].class);
        }
    }

    /**
     * Appends these events in the transaction of this thread.
     *
     * @return their positions, in their order
     * @throws ConcurrencyException if one of their streams has been continued by somebody else
     */
    List<Long> append(List<? extends EventMessage<?>> events) {
        var columns = new EventColumns(events.size());
        events.forEach(event -> columns.add(EventUtils.asDomainEventMessage(event), serializer));
        var positions = new ArrayList<Long>(events.size());
        try (Connection connection = connections.getConnection();
                PreparedStatement insert = connection.prepareStatement(APPEND)) {
            columns.set(insert, connection);
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    positions.add(row.getLong(1));
                }
            }
        } catch (SQLException fault) {
            throw UNIQUE_VIOLATION.equals(fault.getSQLState())
                    ? new ConcurrencyException("a stream has been continued by somebody else", fault)
                    : new EventStoreException("events could not be appended", fault);
        }
        if (positions.size() != events.size()) {
            throw new EventStoreException(events.size() + " events were appended at " + positions);
        }
        return positions;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer as) {
        append(events);
    }

    private DomainEventData<byte[]> event(ResultSet row) throws SQLException {
        return new GenericDomainEventEntry<>(
                row.getString(3),
                row.getString(1),
                row.getLong(2),
                row.getString(4),
                readTimeStamp(row, "recorded_at"),
                row.getString(6),
                row.getString(7),
                row.getBytes(8),
                UNREAD);
    }

    private List<DomainEventMessage<?>> messages(List<DomainEventData<?>> data) {
        var messages = new ArrayList<DomainEventMessage<?>>(data.size());
        EventStreamUtils.upcastAndDeserializeDomainEvents(data.stream(), serializer, upcasterChain)
                .forEachRemaining(messages::add);
        return messages;
    }

    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
