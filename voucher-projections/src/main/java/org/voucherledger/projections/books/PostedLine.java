package org.voucherledger.projections.books;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A posting as the books keep it: what moved from which account to which, of whom, and by which event. Amount in fen.
 *
 * @param line its number among the postings of its event
 * @param voucherId {@code null} where no voucher's money moved
 * @param at the ledger's time of the event, the receipt of what caused it
 * @param recordedAt when the event was recorded
 */
public record PostedLine(
        long position,
        int line,
        Book book,
        Account from,
        Account to,
        long amountFen,
        String schemeId,
        String batchId,
        String city,
        String district,
        String enterpriseId,
        String providerId,
        String owner,
        String voucherId,
        String eventType,
        Instant at,
        Instant recordedAt) {

    /** Where a posting stands among all. */
    public record Place(long position, int line) {
        public static final Place BEFORE_ALL = new Place(-1, 0);
    }

    @JsonIgnore
    public Place place() {
        return new Place(position, line);
    }

    /** Where the event itself can be read, with who, when and why (ALL-04). */
    @JsonProperty
    public String event() {
        return "/api/v1/audit-trail?limit=1&cursor=" + (position - 1);
    }

    static PostedLine of(ResultSet row, int number) throws SQLException {
        return new PostedLine(
                row.getLong("position"),
                row.getInt("line"),
                Book.valueOf(row.getString("book")),
                Account.valueOf(row.getString("from_account")),
                Account.valueOf(row.getString("to_account")),
                row.getLong("amount_fen"),
                row.getString("scheme_id"),
                row.getString("batch_id"),
                row.getString("city"),
                row.getString("district"),
                row.getString("enterprise_id"),
                row.getString("provider_id"),
                row.getString("owner"),
                row.getString("voucher_id"),
                row.getString("event_type"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
