package org.voucherledger.api.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;

/** How a row of the database becomes a leaf of the sealed log: every column of it counts. */
public final class LeafRows {

    /** Of {@code ledger.domain_event}, as {@link #event} reads them. */
    public static final String EVENT_COLUMNS = "global_index, event_identifier, aggregate_identifier, sequence_number,"
            + " type, recorded_at, payload_type, payload_revision, payload, meta_data";

    /** Of {@code ledger.command_answer}, as {@link #refusal} reads them. */
    public static final String REFUSAL_COLUMNS = "id, actor, idempotency_key, body_sha256, command_type, role,"
            + " on_behalf_of, received_at, rule, about, stage, convert_to(answer::text, 'UTF8'), position";

    /** Of {@code ledger.upload_refusal}, as {@link #upload} reads them. */
    public static final String UPLOAD_COLUMNS = "id, actor, role, on_behalf_of, received_at, declared, sha256,"
            + " size_bytes, rule, about, stage, limit_figure, used_figure";

    private static final int LAST_YEAR = 9999;
    private static final Instant NO_MOMENT = Instant.parse("+10000-01-01T00:00:00Z");

    private LeafRows() {}

    public static EventLeaf event(ResultSet row) throws SQLException {
        return new EventLeaf(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                moment(row, 6),
                row.getString(7),
                row.getString(8),
                row.getBytes(9),
                row.getBytes(10));
    }

    public static RefusalLeaf refusal(ResultSet row) throws SQLException {
        return new RefusalLeaf(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                moment(row, 8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getBytes(12),
                row.getLong(13));
    }

    public static UploadRefusalLeaf upload(ResultSet row) throws SQLException {
        return new UploadRefusalLeaf(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                moment(row, 5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, Long.class),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13));
    }

    /** What the ledger never writes becomes a moment that no leaf can have, so that the row is refused as a leaf. */
    private static Instant moment(ResultSet row, int column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null || moment.getYear() > LAST_YEAR || moment.getYear() < 0 ? NO_MOMENT : moment.toInstant();
    }
}
