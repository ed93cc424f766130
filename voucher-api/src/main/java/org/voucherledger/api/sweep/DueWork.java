package org.voucherledger.api.sweep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;

/**
 * What time, or the bureau's disqualification of a party, has brought about and nobody has recorded yet, as the views show
 * it. A finding is a guess that costs nothing: the domain decides each command anew, by its own deadlines.
 */
@Component
class DueWork {

    /** What one look brings at most; the sweep looks again until it finds nothing new. */
    static final int MOST_AT_ONCE = 1_000;

    /**
     * A command that is due.
     *
     * @param key names the command, what it is about, up to which event that was known, and when it was due: the same finding
     *     has the same key and is done once, a new one has another
     */
    record Due(String key, Command command) {}

    private static final String NOBODY_IS_FROZEN =
            "not frozen and not party_frozen and not enterprise_disqualified and not provider_disqualified";

    private final JdbcClient sql;

    DueWork(JdbcClient sql) {
        this.sql = sql;
    }

    /** In the order in which one makes room for the next. */
    List<Due> at(Instant now) {
        var due = new ArrayList<Due>();
        due.addAll(disqualifications());
        due.addAll(batches("phase = 'OPEN' and apply_until <= :now", "apply_until", now, EndApplications::new));
        due.addAll(recoveries(now));
        due.addAll(remainders(now));
        due.addAll(notices(now));
        due.addAll(batches(
                "phase = 'PUBLISHED' and backfill and not queue_closed and available_fen > 0"
                        + " and least(backfill_until, valid_until) > :now",
                "published_at",
                now,
                id -> new Backfill(id, BatchCommand.MOST_AT_ONCE)));
        due.addAll(batches(
                "phase = 'PUBLISHED' and backfill and not queue_closed and least(backfill_until, valid_until) <= :now",
                "least(backfill_until, valid_until)",
                now,
                id -> new CloseQueue(id, BatchCommand.MOST_AT_ONCE)));
        due.addAll(batches(
                "phase = 'PUBLISHED' and (not backfill or queue_closed) and redemption_until <= :now"
                        + " and held_fen + ordered_fen + paid_fen + accepted_fen + claimed_fen = 0",
                "redemption_until",
                now,
                CloseBatch::new));
        return due;
    }

    /** GZ-32: what an enterprise's or a provider's disqualification leaves to be done voucher by voucher. */
    private List<Due> disqualifications() {
        return vouchers("""
                (enterprise_disqualified
                    and (status in ('ISSUED', 'ORDERED', 'ORDER_CONFIRMED', 'CONTRACT_UPLOADED', 'CONTRACT_CONFIRMED')
                        or not frozen and status not in ('REDEEMED', 'RETURNED', 'REVOKED'))
                 or provider_disqualified and not enterprise_disqualified
                    and (status in ('ORDERED', 'ORDER_CONFIRMED', 'CONTRACT_UPLOADED', 'CONTRACT_CONFIRMED', 'PAID')
                        or not frozen and status in ('ACCEPTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'PUBLISHED')))
                and cast(:now as timestamptz) is not null
                """, "issued_at", Instant.EPOCH, ApplyDisqualification::new);
    }

    /** GZ-30, GZ-33. */
    private List<Due> recoveries(Instant now) {
        String due = """
                case when status in ('PAID', 'ACCEPTED') then redemption_until
                     when contracted then valid_until
                     else order_by end
                """;
        return vouchers(
                "status in ('ISSUED', 'ORDERED', 'ORDER_CONFIRMED', 'CONTRACT_UPLOADED', 'CONTRACT_CONFIRMED', 'PAID',"
                        + " 'ACCEPTED') and " + NOBODY_IS_FROZEN + " and " + due + " <= :now",
                due,
                now,
                RecoverVoucher::new);
    }

    /** GZ-25; one that is due for recovery goes back whole. */
    private List<Due> remainders(Instant now) {
        return vouchers(
                "status = 'ACCEPTED' and held_fen > 0 and valid_until <= :now and redemption_until > :now and "
                        + NOBODY_IS_FROZEN,
                "valid_until",
                now,
                LapseRemainder::new);
    }

    /** GZ-42: rejected items whose notice is over, one command a claim. */
    private List<Due> notices(Instant now) {
        Map<String, List<String>> items = new LinkedHashMap<>();
        Map<String, Instant> ends = new LinkedHashMap<>();
        Map<String, Long> known = new LinkedHashMap<>();
        sql.sql("""
                        select i.claim_id, i.voucher_id, i.notice_ends_at, v.concerned_position, c.position
                        from view.claim_item i join view.voucher v on v.id = i.voucher_id
                          join view.claim c on c.id = i.claim_id
                        where i.status = 'PUBLISHED' and i.approved_fen = 0 and i.open_objections = 0
                          and i.notice_ends_at <= :now and not v.frozen and not v.party_frozen
                          and not v.enterprise_disqualified and not v.provider_disqualified
                        order by i.claim_id, i.voucher_id limit :most
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", MOST_AT_ONCE)
                .query(row -> {
                    items.computeIfAbsent(row.getString(1), claim -> new ArrayList<>())
                            .add(row.getString(2));
                    known.merge(row.getString(1), Math.max(row.getLong(4), row.getLong(5)), Math::max);
                    ends.merge(row.getString(1), instant(row, 3), (one, other) -> one.isAfter(other) ? one : other);
                });
        return items.entrySet().stream()
                .map(claim -> new Due(
                        key("EndNotice", claim.getKey(), known.get(claim.getKey()), ends.get(claim.getKey())),
                        new EndNotice(claim.getKey(), claim.getValue())))
                .toList();
    }

    private List<Due> vouchers(String condition, String due, Instant now, Function<String, Command> command) {
        return find("view.voucher", "concerned_position", condition, due, now, command);
    }

    private List<Due> batches(String condition, String due, Instant now, Function<String, Command> command) {
        return find("view.batch", "position", condition, due, now, command);
    }

    private List<Due> find(
            String view,
            String position,
            String condition,
            String due,
            Instant now,
            Function<String, Command> command) {
        return sql.sql("select id, " + position + ", " + due + " from " + view + " where " + condition
                        + " order by id limit :most")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", MOST_AT_ONCE)
                .query((row, n) -> {
                    Command recorded = command.apply(row.getString(1));
                    String type = recorded.getClass().getSimpleName();
                    return new Due(key(type, row.getString(1), row.getLong(2), instant(row, 3)), recorded);
                })
                .list();
    }

    private static String key(String type, String id, long position, Instant due) {
        return type + " " + id + ":" + position + ":" + due; // a client's key holds no space
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? Instant.EPOCH : at.toInstant();
    }
}
