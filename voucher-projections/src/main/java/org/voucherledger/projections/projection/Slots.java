package org.voucherledger.projections.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
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

    /** An instance that has stopped or frozen is given up after this; one that waits for news says so before. */
    private static final String A_WHILE = "clock_timestamp() + interval '6 seconds'";

    private static final String CLAIM = "update projection.slot set teller = ?, told_until = " + A_WHILE + """

            where (projection, letter) = (
                select projection, letter from projection.slot where projection = ? and letter = ?
                and (teller is null or teller = ? or told_until < clock_timestamp()) for update skip locked)
            returning token, token_type, position, as_of
            """;

    private static final String SAVE = """
            update projection.slot set position = ?, token = ?, token_type = ?, as_of = ?, fault = null, failing_since = null
            where projection = ? and letter = ?
            """;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcTemplate jdbc;
    private final Serializer serializer;
    /** By which others know this instance of the program. */
    private final String teller = UUID.randomUUID().toString();

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

    /** Is a copy of it being made anew, here or elsewhere, or has whoever did so stopped in the middle? */
    boolean isRebuilding(String projection) {
        return !jdbc.queryForList("select 1 from projection.slot where projection = ? and rebuilding", projection)
                .isEmpty();
    }

    /** Was somebody making this copy anew, and from this definition? Then it can be gone on with. */
    boolean isRebuilding(Slot slot, Definition definition) {
        return isMadeFrom(slot, definition)
                && !jdbc.queryForList(
                                "select 1 from projection.slot where projection = ? and letter = ? and rebuilding",
                                slot.projection(),
                                slot.letter())
                        .isEmpty();
    }

    /** Drops whatever the copy held and makes its tables anew, told nothing yet. */
    void make(Slot slot, Definition definition) {
        drop(slot);
        jdbc.execute("create schema " + slot.schema());
        jdbc.execute(slot.sql(definition.tables()));
        jdbc.update(
                "insert into projection.slot (projection, letter, serving, rebuilding, definition, position)"
                        + " values (?, ?, false, true, ?, -1)",
                slot.projection(),
                slot.letter(),
                definition.sha256());
    }

    void drop(Slot slot) {
        jdbc.execute("drop schema if exists " + slot.schema() + " cascade");
        jdbc.update(
                "delete from projection.slot where projection = ? and letter = ?", slot.projection(), slot.letter());
    }

    /** What was being made anew is not gone on with, here or elsewhere. */
    void giveUp(Slot slot) {
        jdbc.update(
                "update projection.slot set rebuilding = false where projection = ? and letter = ?",
                slot.projection(),
                slot.letter());
    }

    /** From here to the end of the transaction nobody reads, tells or switches any copy, in any instance. */
    void lock() {
        jdbc.execute("lock table projection.slot in access exclusive mode");
    }

    /**
     * The same, where others are at work: whoever waits for this lock makes everybody wait who comes later, so it is not waited for
     * long.
     *
     * @return whether it was to be had; if not, the transaction can only be rolled back
     */
    boolean lockSoon() {
        try {
            jdbc.execute("set local lock_timeout = '500ms'");
            lock();
            return true;
        } catch (DataAccessException fault) {
            if (NestedExceptionUtils.getMostSpecificCause(fault) instanceof SQLException sql
                    && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return false;
            }
            throw fault;
        }
    }

    /** Points the SQL views and the serving mark at this copy, both or neither; the caller has locked. */
    void serve(Slot slot, Definition definition) {
        jdbc.execute(slot.sql(definition.views()));
        jdbc.update(
                "update projection.slot set serving = false where projection = ? and letter <> ?",
                slot.projection(),
                slot.letter());
        jdbc.update(
                "update projection.slot set serving = true, rebuilding = false where projection = ? and letter = ?",
                slot.projection(),
                slot.letter());
    }

    Progress progress(Slot slot) {
        return jdbc.queryForObject(PROGRESS, (row, n) -> read(row), slot.projection(), slot.letter());
    }

    /**
     * Keeps the copy where it is until the transaction ends, and others from telling it for a while longer.
     *
     * @return how far it has been told; empty if another instance tells it or has it locked, or it is gone
     */
    Optional<Progress> claim(Slot slot) {
        return jdbc.query(CLAIM, (row, n) -> read(row), teller, slot.projection(), slot.letter(), teller).stream()
                .findFirst();
    }

    /** Keeps what this instance tells from being taken for abandoned while there is no news. */
    void keepClaims() {
        // A copy that is being told has just been claimed; who waited for it would hold all the others back.
        jdbc.update(
                "update projection.slot set told_until = " + A_WHILE + " where (projection, letter) in"
                        + " (select projection, letter from projection.slot where teller = ? for update skip locked)",
                teller);
    }

    /** Others may tell at once whatever this instance has told. */
    void endClaims() {
        jdbc.update("update projection.slot set teller = null, told_until = null where teller = ?", teller);
    }

    /** Keeps the copy where it is until the transaction ends, whoever tells it. */
    Progress lockedProgress(Slot slot) {
        return jdbc.queryForObject(PROGRESS + " for update", (row, n) -> read(row), slot.projection(), slot.letter());
    }

    void save(Slot slot, Progress progress) {
        var token = serializer.serialize(progress.token(), String.class);
        jdbc.update(
                SAVE,
                progress.position(),
                token.getData(),
                token.getType().getName(),
                Tables.time(progress.asOf()),
                slot.projection(),
                slot.letter());
    }

    /** Lets every instance know why the copy is not told; the first such moment stays until it is told again. */
    void fails(Slot slot, String fault) {
        jdbc.update(
                "update projection.slot set fault = ?, failing_since = coalesce(failing_since, clock_timestamp())"
                        + " where projection = ? and letter = ?",
                fault,
                slot.projection(),
                slot.letter());
    }

    /** Why the serving copy is not told, if it is not. */
    Optional<Standstill> standstill(String projection) {
        return jdbc
                .query(
                        "select fault, failing_since from projection.slot"
                                + " where projection = ? and serving and fault is not null",
                        (row, n) -> new Standstill(
                                row.getString(1), row.getTimestamp(2).toInstant()),
                        projection)
                .stream()
                .findFirst();
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
