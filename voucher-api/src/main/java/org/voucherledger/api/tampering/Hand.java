package org.voucherledger.api.tampering;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.tampering.Original.Event;

/** Whoever owns the tables and means ill: may change every row, and draws what to do from a seed. */
record Hand(JdbcTemplate sql, Original original, RandomGenerator random) {

    /** Out of the way of every number that a ledger draws. */
    private static final long ASIDE = 1_000_000_000_000L;

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> several) {
        return several.get(below(several.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... several) {
        return several[below(several.length)];
    }

    Event event() {
        return oneOf(original.events());
    }

    long position() {
        return event().row().position();
    }

    /** Of an event that has at least so many behind it. */
    long positionBefore(int behind) {
        return original.events()
                .get(below(original.events().size() - behind))
                .row()
                .position();
    }

    /** Fails where the database took no notice, because then nothing would have been done. */
    void change(String statement, Object... arguments) {
        if (sql.update(statement, arguments) == 0) {
            throw new NothingChanged(statement);
        }
    }

    void setEvent(long position, String column, Object value) {
        change("update ledger.domain_event set " + column + " = ? where global_index = ?", value, position);
    }

    /** Moves all events from this position on by so many. */
    void moveEventsFrom(long position, long by) {
        sql.update(
                "update ledger.domain_event set global_index = global_index + ? where global_index >= ?",
                ASIDE,
                position);
        sql.update(
                "update ledger.domain_event set global_index = global_index - ? where global_index >= ?",
                ASIDE - by,
                ASIDE + position);
    }

    void renumber(long from, long to) {
        change("update ledger.domain_event set global_index = ? where global_index = ?", to, from);
    }

    void swap(long one, long other) {
        renumber(one, -ASIDE);
        renumber(other, one);
        renumber(-ASIDE, other);
    }

    /** An event that looks like any other: it continues its stream, has an identifier of its own, and says what another said. */
    void insertLike(long model, long at) {
        change("""
                insert into ledger.domain_event overriding system value
                select ?, ?, aggregate_identifier,
                    (select max(sequence_number) + 1 from ledger.domain_event other
                        where other.aggregate_identifier = model.aggregate_identifier),
                    type, recorded_at, payload_type, payload_revision, payload, meta_data
                from ledger.domain_event model where global_index = ?
                """, at, identifier(), model);
    }

    /** As the ledger writes them. */
    String identifier() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** The same bytes but for one of them. */
    byte[] otherByte(byte[] bytes) {
        byte[] changed = bytes.clone();
        int at = below(changed.length);
        changed[at] = (byte) (changed[at] ^ (1 + below(255)));
        return changed;
    }
}
