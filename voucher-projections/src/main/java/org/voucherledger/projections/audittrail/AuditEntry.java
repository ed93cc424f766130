package org.voucherledger.projections.audittrail;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * An event in the trail (ALL-04).
 *
 * @param position its index in the log
 * @param sequence its place in its own stream
 * @param at the ledger's time of the command that caused it: since then it has been so
 * @param recordedAt when it was added to the log: since then the ledger has known it
 * @param schemeVersion {@code schemeId@version}, empty where none applies
 * @param payload the event as it was written, JSON
 */
public record AuditEntry(
        long position,
        String streamId,
        long sequence,
        String type,
        Instant at,
        Instant recordedAt,
        String actor,
        String role,
        String onBehalfOf,
        String reason,
        String commandId,
        String schemeVersion,
        @JsonRawValue String payload) {

    /** From a row of {@code view.audit_event}. */
    public static AuditEntry of(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("position"),
                row.getString("stream_id"),
                row.getLong("sequence"),
                row.getString("type"),
                row.getTimestamp("at").toInstant(),
                row.getTimestamp("recorded_at").toInstant(),
                row.getString("actor"),
                row.getString("role"),
                row.getString("on_behalf_of"),
                row.getString("reason"),
                row.getString("command_id"),
                row.getString("scheme_version"),
                row.getString("payload"));
    }
}
