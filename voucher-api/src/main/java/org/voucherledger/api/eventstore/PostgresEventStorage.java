package org.voucherledger.api.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
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

    private static final String STREAMS = """
            select aggregate_identifier, sequence_number, type, event_identifier, recorded_at, payload_type, payload_revision,
                payload, meta_data
            from ledger.domain_event where aggregate_identifier = any(?) order by aggregate_identifier, sequence_number
            """;

    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final Serializer serializer;

    private PostgresEventStorage(
            Builder builder, ConnectionProvider connections, TransactionManager transactions, Serializer serializer) {
        super(builder);
        this.connections = connections;
        this.transactions = transactions;
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
                .persistenceExceptionResolver(PostgresEventStorage::isUniqueViolation)
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
        return new PostgresEventStorage(builder, connections, transactions, serializer);
    }

    /** All of these streams in one go, each in its order; one that does not exist is empty. */
    Map<String, List<DomainEventMessage<?>>> streams(Collection<String> ids) {
        return transactions.fetchInTransaction(() -> {
            var rows = new HashMap<String, List<DomainEventData<?>>>();
            ids.forEach(id -> rows.put(id, new ArrayList<>()));
            try (Connection connection = connections.getConnection();
                    PreparedStatement select = connection.prepareStatement(STREAMS)) {
                select.setArray(1, connection.createArrayOf("text", ids.toArray()));
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
        });
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
                row.getBytes(9));
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

    @Override
    protected void writeTimestamp(PreparedStatement insert, int index, Instant at) throws SQLException {
        insert.setObject(index, at.atOffset(ZoneOffset.UTC));
    }

    private static boolean isUniqueViolation(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
