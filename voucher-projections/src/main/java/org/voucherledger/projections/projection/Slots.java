package org.voucherledger.projections.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The two copies of each view, which of them serves, and how far each has been told.
 *
 * <p>Invariant: of a projection that has been started exactly one copy serves, and the SQL views point at that one. Every
 * method runs in the caller's transaction.
 */
final class Slots {

    private static final String PROGRESS =
            "select token, token_type, position, as_of from projection.slot where projection = ? and letter = ?";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;

    Slots(JdbcTemplate jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    Optional<Slot> serving(String projection) {
        return jdbc
                .query(
                        "select letter from projection.slot where projection = ? and serving",
                        (row, n) -> new Slot(projection, row.getString(1)),
                        projection)
                .stream()
                .findFirst();
    }

    /** Has it been made and not been dropped? */
    boolean exists(Slot slot) {
        return !jdbc.queryForList(
                        "select 1 from projection.slot where projection = ? and letter = ?",
                        slot.projection(),
                        slot.letter())
                .isEmpty();
    }

    /** Was the copy made from this definition? */
    boolean isMadeFrom(Slot slot, Definition definition) {
        return !jdbc.queryForList(
                        "select 1 from projection.slot where projection = ? and letter = ? and definition = ?",
                        slot.projection(),
                        slot.letter(),
                        definition.sha256())
                .isEmpty();
    }

    /** Drops whatever the copy held and makes its tables anew, told nothing yet. */
    void make(Slot slot, Definition definition) {
        drop(slot);
        jdbc.execute("create schema " + slot.schema());
        jdbc.execute(slot.sql(definition.tables()));
        jdbc.update(
                "insert into projection.slot (projection, letter, serving, definition, position)"
                        + " values (?, ?, false, ?, -1)",
                slot.projection(),
                slot.letter(),
                definition.sha256());
    }

    void drop(Slot slot) {
        jdbc.execute("drop schema if exists " + slot.schema() + " cascade");
        jdbc.update(
                "delete from projection.slot where projection = ? and letter = ?", slot.projection(), slot.letter());
        jdbc.update("delete from projection.token where processor_name = ?", slot.schema());
    }

    /** From here to the end of the transaction nobody reads, tells or switches any copy, in any instance. */
    void lock() {
        jdbc.execute("lock table projection.slot in access exclusive mode");
    }

    /** Points the SQL views and the serving mark at this copy, both or neither; the caller has locked. */
    void serve(Slot slot, Definition definition) {
        jdbc.execute(slot.sql(definition.views()));
        jdbc.update(
                "update projection.slot set serving = false where projection = ? and letter <> ?",
                slot.projection(),
                slot.letter());
        jdbc.update(
                "update projection.slot set serving = true where projection = ? and letter = ?",
                slot.projection(),
                slot.letter());
    }

    Progress progress(Slot slot) {
        return jdbc.queryForObject(PROGRESS, (row, n) -> read(row), slot.projection(), slot.letter());
    }

    /** Keeps the copy where it is until the transaction ends. */
    Progress lockedProgress(Slot slot) {
        return jdbc.queryForObject(PROGRESS + " for update", (row, n) -> read(row), slot.projection(), slot.letter());
    }

    void save(Slot slot, Progress progress) {
        var token = serializer.serialize(progress.token(), String.class);
        jdbc.update(
                "update projection.slot set position = ?, token = ?, token_type = ?, as_of = ?"
                        + " where projection = ? and letter = ?",
                progress.position(),
                token.getData(),
                token.getType().getName(),
                Tables.time(progress.asOf()),
                slot.projection(),
                slot.letter());
    }

    Progress read(ResultSet row) throws SQLException {
        String token = row.getString("token");
        if (token == null) {
            return Progress.NONE;
        }
        TrackingToken told = serializer.deserialize(
                new SimpleSerializedObject<>(token, String.class, row.getString("token_type"), null));
        return new Progress(
                told, row.getLong("position"), row.getTimestamp("as_of").toInstant());
    }
}
