package org.voucherledger.api.personaldata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.api.reads.RecordedRead;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/**
 * The one place where personal data are kept (ALL-05).
 *
 * <p>Invariant: what was erased is gone from the table, leaves nothing that could be compared with it, and does not come back
 * under the same reference.
 */
@Component
class PersonalDataStore {

    private static final String COLUMNS =
            "party, reference, kind, whose, stored_at, erased_at, erased_by, erased_reason";

    private final JdbcClient sql;

    PersonalDataStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Keeps a datum, in place of what stood there.
     *
     * @param value in the one form of its kind
     * @throws Refused if it has been erased: what was asked to be forgotten does not come back
     */
    void put(DatumKey key, Whose whose, String value, Actor by, Instant at) {
        int kept = sql.sql("insert into ledger.personal_datum as kept"
                        + " (party, reference, kind, whose, value, stored_at, stored_by) values (?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (party, reference, kind) do update"
                        + " set whose = excluded.whose, value = excluded.value, stored_at = excluded.stored_at,"
                        + " stored_by = excluded.stored_by where kept.erased_at is null")
                .params(
                        key.party(),
                        key.reference(),
                        key.kind().name(),
                        whose.name(),
                        value,
                        at.atOffset(ZoneOffset.UTC),
                        by.id())
                .update();
        if (kept == 0) {
            Instant erasedAt = find(key).orElseThrow().erased().at();
            throw new Refused(Rule.ALL_05.holds(
                    Check.STATE,
                    "PersonalDatumErased",
                    false,
                    "a reference that has not been erased",
                    "erased " + erasedAt,
                    key.reference()));
        }
    }

    Optional<PersonalDatum> find(DatumKey key) {
        return sql.sql("select " + COLUMNS
                        + " from ledger.personal_datum where party = ? and reference = ? and kind = ?")
                .params(key.party(), key.reference(), key.kind().name())
                .query(PersonalDataStore::read)
                .optional();
    }

    /**
     * The value; empty if there is none, or none any more.
     *
     * @param read that whoever gets it is recorded
     */
    Optional<String> value(DatumKey key, RecordedRead read) {
        Objects.requireNonNull(read, "personal data are not handed out unrecorded");
        return sql.sql("select value from ledger.personal_datum"
                        + " where party = ? and reference = ? and kind = ? and value is not null")
                .params(key.party(), key.reference(), key.kind().name())
                .query(String.class)
                .optional();
    }

    /** Forgets the value; the first reason stays. Empty if there is no such datum. */
    Optional<PersonalDatum> erase(DatumKey key, Actor by, String reason, Instant at) {
        sql.sql("update ledger.personal_datum set value = null, erased_at = ?, erased_by = ?, erased_reason = ?"
                        + " where party = ? and reference = ? and kind = ? and erased_at is null")
                .params(
                        at.atOffset(ZoneOffset.UTC),
                        by.id(),
                        reason,
                        key.party(),
                        key.reference(),
                        key.kind().name())
                .update();
        return find(key);
    }

    private static PersonalDatum read(ResultSet row, int number) throws SQLException {
        OffsetDateTime erasedAt = row.getObject("erased_at", OffsetDateTime.class);
        return new PersonalDatum(
                new DatumKey(
                        row.getString("party"), row.getString("reference"), DatumKind.valueOf(row.getString("kind"))),
                Whose.valueOf(row.getString("whose")),
                row.getObject("stored_at", OffsetDateTime.class).toInstant(),
                erasedAt == null
                        ? null
                        : new PersonalDatum.Erased(
                                erasedAt.toInstant(), row.getString("erased_by"), row.getString("erased_reason")));
    }
}
