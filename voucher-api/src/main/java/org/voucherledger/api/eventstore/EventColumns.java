package org.voucherledger.api.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** Events as the columns of the log's table, so that one statement takes them all. */
final class EventColumns {

    private final String[] identifiers;
    private final String[] streams;
    private final Long[] sequences;
    private final String[] types;
    private final String[] recordedAt;
    private final String[] payloadTypes;
    private final String[] revisions;
    private final byte[][] payloads;
    private final byte[][] metaData;
    private int count;

    EventColumns(int events) {
        identifiers = new String[events];
        streams = new String[events];
        sequences = new Long[events];
        types = new String[events];
        recordedAt = new String[events];
        payloadTypes = new String[events];
        revisions = new String[events];
        payloads = new byte[events][];
        metaData = new byte[events][];
    }

    void add(DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        identifiers[count] = event.getIdentifier();
        streams[count] = event.getAggregateIdentifier();
        sequences[count] = event.getSequenceNumber();
        types[count] = event.getType();
        recordedAt[count] = event.getTimestamp().toString();
        payloadTypes[count] = payload.getType().getName();
        revisions[count] = payload.getType().getRevision();
        payloads[count] = payload.getData();
        metaData[count] = event.serializeMetaData(serializer, byte[].class).getData();
        count++;
    }

    /** In the order of the table's columns, from the first parameter on. */
    void set(PreparedStatement insert, Connection connection) throws SQLException {
        int column = 0;
        insert.setArray(++column, connection.createArrayOf("text", identifiers));
        insert.setArray(++column, connection.createArrayOf("text", streams));
        insert.setArray(++column, connection.createArrayOf("int8", sequences));
        insert.setArray(++column, connection.createArrayOf("text", types));
        insert.setArray(++column, connection.createArrayOf("timestamptz", recordedAt));
        insert.setArray(++column, connection.createArrayOf("text", payloadTypes));
        insert.setArray(++column, connection.createArrayOf("text", revisions));
        insert.setArray(++column, connection.createArrayOf("bytea", payloads));
        insert.setArray(++column, connection.createArrayOf("bytea", metaData));
    }
}
