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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;

/**
 * What time, or the bureau's disqualification of a party, has brought about and nobody has recorded yet, as the views show
 * it. A finding is a guess that costs nothing: the domain decides each command anew, by its own deadlines.
 */
@Component
class DueWork {

    /** What one look brings at most; the sweep looks on behind the last of them. */
    static final int MOST_AT_ONCE = 1_000;

    /** A claim has up to a hundred items. */
    private static final int MOST_CLAIMS_AT_ONCE = 100;

    /**
     * A command that is due.
     *
     * @param id of what it is about
     * @param key names the command, what it is about, up to which event that was known, when it was due, and the day on which
     *     it is found: the same finding has the same key and is done once, a new one has another. What was refused is asked
     *     again the next day, because what it was refused for may be gone without any event about it
     */
    record Due(String id, String key, Command command) {}

    /**
     * One kind of due work.
     *
     * @param views that show it
     * @param search finds what is due at a time, in the order of the identifiers, behind one of them
     * @param count how many are due at a time
     */
    record Kind(
            String name,
            List<String> views,
            BiFunction<Instant, String, List<Due>> search,
            ToLongFunction<Instant> count) {

        List<Due> at(Instant now, String after) {
            return search.apply(now, after);
        }

        long countAt(Instant now) {
            return count.applyAsLong(now);
        }
    }

    private static final List<String> VOUCHERS = List.of("voucherboard");
    private static final List<String> BATCHES = List.of("batchboard");
    private static final List<String> CLAIMS = List.of("voucherboard", "claimworklist");

    private static final String NOBODY_IS_FROZEN =
            "not frozen and not party_frozen and not enterprise_disqualified and not provider_disqualified";

    /** GZ-32: what an enterprise's or a provider's disqualification leaves to be done voucher by voucher. */
    private static final String DISQUALIFIED = """
            (enterprise_disqualified
                and (status in ('ISSUED', 'ORDERED', 'ORDER_CONFIRMED', 'CONTRACT_UPLOADED', 'CONTRACT_CONFIRMED')
                    or not frozen and status not in
                        ('RESERVED', 'WITHDRAWN', 'NOT_ADMITTED', 'REDEEMED', 'RETURNED', 'REVOKED'))
             or provider_disqualified and not enterprise_disqualified
                and (status in ('ISSUED', 'ORDERED', 'ORDER_CONFIRMED', 'CONTRACT_UPLOADED', 'CONTRACT_CONFIRMED', 'PAID')
                    or not frozen and status in ('ACCEPTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'PUBLISHED')))
            and cast(:now as timestamptz) is not null
            """;

    /**
     * GZ-30, GZ-33; a holder has nothing to order, only to use before the cycle ends (CV-01). A cloud voucher has a contract
     * from the first and is never ordered: its claim is all it waits for.
     */
    private static final String RECOVERED_FROM = """
            case when status in ('PAID', 'ACCEPTED') or contracted and order_by is null then redemption_until
                 when contracted or holder_ref is not null then valid_until
                 else order_by end
            """;

    private static final String RECOVERABLE =
            "status in ('ISSUED', 'ORDERED', 'ORDER_CONFIRMED', 'CONTRACT_UPLOADED', 'CONTRACT_CONFIRMED', 'PAID',"
                    + " 'ACCEPTED') and " + NOBODY_IS_FROZEN + " and " + RECOVERED_FROM + " <= :now";

    /** GZ-25; one that is due for recovery goes back whole. */
    private static final String REMAINING =
            "status = 'ACCEPTED' and held_fen > 0 and valid_until <= :now and redemption_until > :now and "
                    + NOBODY_IS_FROZEN;

    /** GZ-42: rejected items whose notice is over. */
    private static final String OVER = """
            from view.claim_item i join view.voucher v on v.id = i.voucher_id join view.claim c on c.id = i.claim_id
            where i.status = 'PUBLISHED' and i.approved_fen = 0 and i.open_objections = 0
              and i.notice_ends_at <= :now and not v.frozen and not v.party_frozen
              and not v.enterprise_disqualified and not v.provider_disqualified
            """;

    private final JdbcClient sql;

    DueWork(JdbcClient sql) {
        this.sql = sql;
    }

    /** In the order in which one makes room for the next. */
    List<Kind> kinds() {
        return List.of(
                vouchers("disqualifications", DISQUALIFIED, "issued_at", ApplyDisqualification::new),
                batches(
                        "ends of applications",
                        "phase = 'OPEN' and apply_until <= :now",
                        "apply_until",
                        EndApplications::new),
                vouchers("recoveries", RECOVERABLE, RECOVERED_FROM, RecoverVoucher::new),
                vouchers("remainders", REMAINING, "valid_until", LapseRemainder::new),
                new Kind("notices", CLAIMS, this::notices, this::countNotices),
                batches(
                        "backfills",
                        "phase = 'PUBLISHED' and backfill and not queue_closed and available_fen > 0"
                                + " and least(backfill_until, valid_until) > :now",
                        "published_at",
                        id -> new Backfill(id, BatchCommand.MOST_AT_ONCE)),
                batches(
                        "ends of waiting lists",
                        "phase = 'PUBLISHED' and backfill and not queue_closed"
                                + " and least(backfill_until, valid_until) <= :now",
                        "least(backfill_until, valid_until)",
                        id -> new CloseQueue(id, BatchCommand.MOST_AT_ONCE)),
                batches(
                        "ends of batches",
                        // Where nothing is granted down a queue there is nothing to publish either (CV-01).
                        "(phase = 'PUBLISHED' or phase = 'ENDED' and results_due_at is null)"
                                + " and (not backfill or queue_closed) and redemption_until <= :now"
                                + " and held_fen + ordered_fen + paid_fen + accepted_fen + claimed_fen = 0",
                        "redemption_until",
                        CloseBatch::new));
    }

    /** GZ-42: rejected items whose notice is over, one command a claim. */
    private List<Due> notices(Instant now, String after) {
        Map<String, List<String>> items = new LinkedHashMap<>();
        Map<String, Instant> ends = new LinkedHashMap<>();
        Map<String, Long> known = new LinkedHashMap<>();
        sql.sql("""
                        with due as (
                            select i.claim_id, i.voucher_id, i.notice_ends_at,
                                   greatest(v.concerned_position, c.position) as position
                            %s and i.claim_id > :after)
                        select claim_id, voucher_id, notice_ends_at, position from due
                        where claim_id in (select distinct claim_id from due order by claim_id limit :most)
                        order by claim_id, voucher_id
                        """.formatted(OVER))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("after", after)
                .param("most", MOST_CLAIMS_AT_ONCE)
                .query(row -> {
                    items.computeIfAbsent(row.getString(1), claim -> new ArrayList<>())
                            .add(row.getString(2));
                    ends.merge(row.getString(1), instant(row, 3), (one, other) -> one.isAfter(other) ? one : other);
                    known.merge(row.getString(1), row.getLong(4), Math::max);
                });
        return items.entrySet().stream()
                .map(claim -> due(
                        claim.getKey(),
                        known.get(claim.getKey()),
                        ends.get(claim.getKey()),
                        now,
                        new EndNotice(claim.getKey(), claim.getValue())))
                .toList();
    }

    private long countNotices(Instant now) {
        return count("select count(distinct i.claim_id) " + OVER, now);
    }

    private Kind vouchers(String name, String condition, String due, Function<String, Command> command) {
        return kind(name, VOUCHERS, "view.voucher", "concerned_position", condition, due, command);
    }

    private Kind batches(String name, String condition, String due, Function<String, Command> command) {
        return kind(name, BATCHES, "view.batch", "position", condition, due, command);
    }

    private Kind kind(
            String name,
            List<String> views,
            String view,
            String position,
            String condition,
            String due,
            Function<String, Command> command) {
        return new Kind(
                name,
                views,
                (now, after) -> find(view, position, condition, due, now, after, command),
                now -> count("select count(*) from " + view + " where " + condition, now));
    }

    private long count(String query, Instant now) {
        return sql.sql(query)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private List<Due> find(
            String view,
            String position,
            String condition,
            String due,
            Instant now,
            String after,
            Function<String, Command> command) {
        return sql.sql("select id, " + position + ", " + due + " from " + view + " where (" + condition
                        + ") and id > :after order by id limit :most")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("after", after)
                .param("most", MOST_AT_ONCE)
                .query((row, n) ->
                        due(row.getString(1), row.getLong(2), instant(row, 3), now, command.apply(row.getString(1))))
                .list();
    }

    private static Due due(String id, long position, Instant due, Instant now, Command command) {
        String type = command.getClass().getSimpleName();
        // A client's key holds no space, so none can stand in for one of these.
        return new Due(id, type + " " + id + ":" + position + ":" + due + ":" + Shanghai.dateOf(now), command);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? Instant.EPOCH : at.toInstant();
    }
}
