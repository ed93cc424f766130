package org.voucherledger.api.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** Which documents were uploaded, by whom, and which of them have been erased (GZ-45, ALL-05). */
@Component
class DocumentRegister {

    /**
     * A document as it was judged when it came.
     *
     * @param erased {@code null} while it is there
     */
    record Entry(String sha256, String mediaType, long sizeBytes, Erased erased) {

        static Entry read(ResultSet row, int number) throws SQLException {
            OffsetDateTime erasedAt = row.getObject("erased_at", OffsetDateTime.class);
            return new Entry(
                    row.getString("sha256"),
                    row.getString("media_type"),
                    row.getLong("size_bytes"),
                    erasedAt == null
                            ? null
                            : new Erased(
                                    erasedAt.toInstant(), row.getString("erased_by"), row.getString("erased_reason")));
        }
    }

    /** What is left of an erased document: when, by whom and why. */
    record Erased(Instant at, String by, String reason) {}

    private static final String COLUMNS = "sha256, media_type, size_bytes, erased_at, erased_by, erased_reason";

    private final JdbcClient sql;

    DocumentRegister(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Enters a document whose bytes are stored, and who brought it. Bringing it again changes what it is called.
     *
     * @throws Refused if it has been erased: what was asked to be forgotten does not come back
     */
    @Transactional
    public Entry enter(Entry document, Actor by, String name, Instant at) {
        sql.sql("insert into ledger.document (sha256, media_type, size_bytes, stored_at) values (?, ?, ?, ?)"
                        + " on conflict do nothing")
                .params(document.sha256(), document.mediaType(), document.sizeBytes(), at.atOffset(ZoneOffset.UTC))
                .update();
        // Locked, so that an erasure comes either before, and is seen, or after, and finds the name to be forgotten.
        Entry entered = sql.sql("select " + COLUMNS + " from ledger.document where sha256 = ? for update")
                .param(document.sha256())
                .query(Entry::read)
                .single();
        if (entered.erased() != null) {
            throw new Refused(erased(entered, name));
        }
        sql.sql("insert into ledger.document_upload values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (sha256, actor, role, on_behalf_of)"
                        + " do update set name = excluded.name, uploaded_at = excluded.uploaded_at")
                .params(
                        document.sha256(),
                        by.id(),
                        by.role().name(),
                        by.onBehalfOf(),
                        name,
                        at.atOffset(ZoneOffset.UTC))
                .update();
        return entered;
    }

    private static Decision erased(Entry entry, String name) {
        return Rule.ALL_05.holds(
                Check.STATE,
                "DocumentErased",
                false,
                "a document",
                "erased " + entry.erased().at(),
                name);
    }

    Optional<Entry> find(String sha256) {
        return sql.sql("select " + COLUMNS + " from ledger.document where sha256 = ?")
                .param(sha256)
                .query(Entry::read)
                .optional();
    }

    /** What it was called last; an erased document has no name. */
    Optional<String> name(String sha256) {
        return sql.sql("select name from ledger.document_upload where sha256 = ? and name is not null"
                        + " order by uploaded_at desc limit 1")
                .param(sha256)
                .query(String.class)
                .optional();
    }

    /**
     * The condition, of {@code ledger.document_upload u}, that an actor counts as who brought it: anybody of the same party;
     * without a party, any of the staff in the same role, and otherwise nobody but the account itself.
     */
    static String brought(String actor, String role, String staff, String party) {
        return "u.on_behalf_of = %4$s and (%4$s <> '' or u.role = %2$s and (%3$s or u.actor = %1$s))"
                .formatted(actor, role, staff, party);
    }

    boolean wasBroughtBy(Actor actor, String sha256) {
        return sql.sql("select exists (select from ledger.document_upload u where u.sha256 = :sha256 and "
                        + brought(":actor", ":role", ":staff", ":party") + ")")
                .param("sha256", sha256)
                .param("actor", actor.id())
                .param("role", actor.role().name())
                .param("staff", actor.role().isStaff())
                .param("party", actor.onBehalfOf())
                .query(Boolean.class)
                .single();
    }

    /** Whether it was handed in to a voucher or a claim of which the actor's party was one then. */
    boolean wasHandedTo(Actor actor, String sha256) {
        return sql.sql("select exists (select from view.handed_document where kind = ? and party = ? and sha256 = ?)")
                .params(actor.role().name(), actor.onBehalfOf(), sha256)
                .query(Boolean.class)
                .single();
    }

    /** Turns the entry into a tombstone and forgets its names; the first reason stays. Empty if there is no such document. */
    @Transactional
    public Optional<Entry> erase(String sha256, Actor by, String reason, Instant at) {
        sql.sql("update ledger.document set erased_at = ?, erased_by = ?, erased_reason = ?"
                        + " where sha256 = ? and erased_at is null")
                .params(at.atOffset(ZoneOffset.UTC), by.id(), reason, sha256)
                .update();
        sql.sql("update ledger.document_upload set name = null where sha256 = ?"
                        + " and exists (select from ledger.document d where d.sha256 = document_upload.sha256"
                        + " and d.erased_at is not null)")
                .param(sha256)
                .update();
        return find(sha256);
    }

    /** Erased documents whose bytes may still be there: the program ended in between. */
    List<String> toBeRemoved() {
        return sql.sql("select sha256 from ledger.document where erased_at is not null and removed_at is null")
                .query(String.class)
                .list();
    }

    void removed(String sha256, Instant at) {
        sql.sql("update ledger.document set removed_at = ? where sha256 = ? and erased_at is not null")
                .params(at.atOffset(ZoneOffset.UTC), sha256)
                .update();
    }
}
