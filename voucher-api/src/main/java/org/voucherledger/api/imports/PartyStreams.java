package org.voucherledger.api.imports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.aggregate.DomainEvent;

/** Reads the streams of many parties at once, from the log itself: a view might be behind what an import has just done. */
@Component
class PartyStreams {

    private static final String READ = """
            select aggregate_identifier, payload_type, payload_revision, payload from ledger.domain_event
            where aggregate_identifier = any(?) order by aggregate_identifier, sequence_number
            """;

    private final JdbcTemplate sql;
    private final Serializer payloads;

    PartyStreams(JdbcTemplate sql, Serializer payloads) {
        this.sql = sql;
        this.payloads = payloads;
    }

    Map<String, PartyStream> of(Collection<String> streams) {
        var found = new HashMap<String, List<DomainEvent>>();
        String[] ids = streams.toArray(String[]::new);
        sql.query(
                READ,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", ids)),
                row -> {
                    var payload = new SimpleSerializedObject<>(
                            row.getBytes(4), byte[].class, row.getString(2), row.getString(3));
                    found.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                            .add(payloads.<byte[], DomainEvent>deserialize(payload));
                });
        var streamsFound = new HashMap<String, PartyStream>();
        found.forEach((id, events) -> streamsFound.put(id, new PartyStream(events)));
        return streamsFound;
    }
}
