package org.voucherledger.projections.voucherboard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.voucherledger.domain.dossier.Deadlines;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.projection.Rows;

/**
 * What a voucher's deadlines hang on, as the board keeps it.
 *
 * @param restFen what it holds besides {@code heldFen} that has not been claimed
 */
record DatedVoucher(
        String id,
        String applicationId,
        String enterpriseId,
        String holderRef,
        String providerId,
        VoucherStatus status,
        boolean contracted,
        long heldFen,
        long restFen,
        Deadlines.Own own) {

    private static final int PAGE = 1_000;

    private static final String FIND = """
            select id, application_id, enterprise_id, holder_ref, provider_id, status, contracted, held_fen,
                   ordered_fen + paid_fen + accepted_fen as rest_fen, own_order_by, extended_until
            from {slot}.voucher where batch_id = ? and id > ? order by id limit %d
            """.formatted(PAGE);

    /** Goes through the vouchers of a batch in the order of their identifiers, a page in memory at a time. */
    static void pages(Rows rows, String batchId, Consumer<List<DatedVoucher>> page) {
        var found = new ArrayList<DatedVoucher>();
        String after = "";
        do {
            found.clear();
            rows.query(FIND, row -> found.add(of(row)), batchId, after);
            page.accept(List.copyOf(found));
            after = found.isEmpty() ? after : found.getLast().id();
        } while (found.size() == PAGE);
    }

    private static DatedVoucher of(ResultSet row) throws SQLException {
        return new DatedVoucher(
                row.getString("id"),
                row.getString("application_id"),
                row.getString("enterprise_id"),
                row.getString("holder_ref"),
                row.getString("provider_id"),
                VoucherStatus.valueOf(row.getString("status")),
                row.getBoolean("contracted"),
                row.getLong("held_fen"),
                row.getLong("rest_fen"),
                new Deadlines.Own(instant(row, "own_order_by"), instant(row, "extended_until")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
