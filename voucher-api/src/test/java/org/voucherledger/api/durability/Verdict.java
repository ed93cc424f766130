package org.voucherledger.api.durability;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the database says about what the clients were told.
 *
 * @param lost acknowledged, and not there as it was acknowledged
 * @param doubled done more than once, acknowledged or not
 */
record Verdict(int acknowledged, List<String> lost, List<String> doubled) {

    private record Stored(String key, long position) {}

    static Verdict of(List<Journal.Line> journal, Connection database) throws SQLException {
        Map<String, List<Long>> events = new HashMap<>();
        for (Stored event : query(database, "select command_id, position from ledger.event")) {
            events.computeIfAbsent(event.key, key -> new ArrayList<>()).add(event.position);
        }
        Map<String, Long> refusals = new HashMap<>();
        for (Stored refusal : query(
                database, "select idempotency_key, position from ledger.command_answer where outcome = 'REFUSED'")) {
            refusals.put(refusal.key, refusal.position);
        }
        List<String> lost = journal.stream()
                .filter(line -> line.accepted()
                        ? !events.getOrDefault(line.key(), List.of()).contains(line.position())
                        : events.containsKey(line.key())
                                || !Long.valueOf(line.position()).equals(refusals.get(line.key())))
                .map(Journal.Line::key)
                .toList();
        List<String> doubled = events.entrySet().stream()
                .filter(event -> event.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
        return new Verdict(journal.size(), lost, doubled);
    }

    boolean isClean() {
        return lost.isEmpty() && doubled.isEmpty();
    }

    private static List<Stored> query(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            var found = new ArrayList<Stored>();
            while (row.next()) {
                found.add(new Stored(row.getString(1), row.getLong(2)));
            }
            return found;
        }
    }
}
