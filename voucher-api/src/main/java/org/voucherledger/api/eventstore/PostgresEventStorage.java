package org.voucherledger.api.eventstore;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
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

    private PostgresEventStorage(Builder builder) {
        super(builder);
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
        return new PostgresEventStorage(builder);
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
