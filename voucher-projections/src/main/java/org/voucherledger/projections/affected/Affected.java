package org.voucherledger.projections.affected;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.projection.Tables;

/**
 * Who gains or loses by a decision of the authority, and what (ALL-06): one voucher, application, provider or batch. Amounts in
 * fen; what it is not about is {@code null}.
 *
 * @param key its place in the list, in the order of the code points
 * @param rule the identifier of the rule that says until when, or how much
 * @param fromAt the date before the decision, {@code null} where it was not known yet
 * @param fromFen the amount before the decision
 * @param lapseRule by which time takes the voucher back, if nobody does anything
 * @param lapseFromAt when it would have, before the decision
 * @param lapseFen what goes back then
 * @param overFen by how much the reservations and payments of a provider exceed its new cap; they stand
 * @param gains whether it is to the good of whom it concerns
 */
public record Affected(
        String key,
        Matter matter,
        String rule,
        String batchId,
        String applicationId,
        String voucherId,
        String enterpriseId,
        String holderRef,
        String providerId,
        VoucherStatus status,
        Instant fromAt,
        Instant toAt,
        Long fromFen,
        Long toFen,
        String lapseRule,
        Instant lapseFromAt,
        Instant lapseToAt,
        Long lapseFen,
        Long overFen,
        boolean gains) {

    /** Records it with the position of the decision; each view that records has a table of this form. */
    public static final String WRITE =
            "insert into {slot}.affected values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    public static Affected budget(String batchId, Rule rule, long fromFen, long toFen) {
        return new Affected(
                "0",
                Matter.BUDGET,
                rule.id(),
                batchId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                fromFen,
                toFen,
                null,
                null,
                null,
                null,
                null,
                toFen > fromFen);
    }

    /** @param place in the order of grant, from zero */
    public static Affected grant(
            Rule rule, String batchId, String applicationId, String enterpriseId, int place, long fromFen, long toFen) {
        return new Affected(
                applicationKey(place),
                Matter.GRANT,
                rule.id(),
                batchId,
                applicationId,
                null,
                enterpriseId,
                null,
                null,
                null,
                null,
                null,
                fromFen,
                toFen,
                null,
                null,
                null,
                null,
                null,
                toFen > fromFen);
    }

    /** @param place in the order of grant, from zero */
    public static Affected application(
            Matter matter,
            Rule rule,
            String batchId,
            String applicationId,
            String enterpriseId,
            int place,
            Instant fromAt,
            Instant toAt) {
        return new Affected(
                applicationKey(place),
                matter,
                rule.id(),
                batchId,
                applicationId,
                null,
                enterpriseId,
                null,
                null,
                null,
                fromAt,
                toAt,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                isLater(toAt, fromAt));
    }

    public static Affected provider(Rule rule, String providerId, long fromFen, long toFen, long usedFen) {
        return new Affected(
                "3" + providerId,
                Matter.PROVIDER_CAP,
                rule.id(),
                null,
                null,
                null,
                null,
                null,
                providerId,
                null,
                null,
                null,
                fromFen,
                toFen,
                null,
                null,
                null,
                null,
                Math.max(0, usedFen - toFen),
                toFen > fromFen);
    }

    private static String applicationKey(int place) {
        return "1%010d".formatted(place);
    }

    /** Whether it comes later; what is not dated never comes. */
    public static boolean isLater(Instant one, Instant other) {
        return one == null ? other != null : other != null && one.isAfter(other);
    }

    /** For {@link #WRITE}. */
    public Object[] row(long decision) {
        return new Object[] {
            decision,
            key,
            matter.name(),
            rule,
            batchId,
            applicationId,
            voucherId,
            enterpriseId,
            holderRef,
            providerId,
            status == null ? null : status.name(),
            Tables.time(fromAt),
            Tables.time(toAt),
            fromFen,
            toFen,
            lapseRule,
            Tables.time(lapseFromAt),
            Tables.time(lapseToAt),
            lapseFen,
            overFen,
            gains
        };
    }

    static Affected read(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return new Affected(
                row.getString("key"),
                Matter.valueOf(row.getString("matter")),
                row.getString("rule"),
                row.getString("batch_id"),
                row.getString("application_id"),
                row.getString("voucher_id"),
                row.getString("enterprise_id"),
                row.getString("holder_ref"),
                row.getString("provider_id"),
                status == null ? null : VoucherStatus.valueOf(status),
                instant(row, "from_at"),
                instant(row, "to_at"),
                row.getObject("from_fen", Long.class),
                row.getObject("to_fen", Long.class),
                row.getString("lapse_rule"),
                instant(row, "lapse_from_at"),
                instant(row, "lapse_to_at"),
                row.getObject("lapse_fen", Long.class),
                row.getObject("over_fen", Long.class),
                row.getBoolean("gains"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
