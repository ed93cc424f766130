package org.voucherledger.api.sweep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.api.sweep.DueWork.Due;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * What time will take back of a batch's vouchers by a moment if nobody does anything until then: what a sweep at that moment
 * would find, so that there is one place that says what is due. Frozen vouchers are not found, as a sweep leaves them.
 *
 * <p>A rejected item lapses with its notice where redemption has closed by then (GZ-42). If a sweep ends the notice while the
 * window is open, the voucher is accepted again and recovered when it shuts: the same voucher and the same amount by the same
 * moment.
 */
@Component
class Lapses {

    private static final List<String> ENDS = List.of("recoveries", "remainders", "notices");

    private final DueWork dueWork;
    private final JdbcClient sql;

    Lapses(DueWork dueWork, JdbcClient sql) {
        this.dueWork = dueWork;
        this.sql = sql;
    }

    /**
     * A voucher that will lapse.
     *
     * @param step the command that will record it: the whole voucher is recovered, its remainder lapses, or the notice of its
     *     rejection ends
     * @param amountFen what goes back
     */
    record Lapse(
            String voucherId,
            String enterpriseId,
            String providerId,
            VoucherStatus status,
            String step,
            long amountFen) {}

    /** How many vouchers, and what goes back of them. */
    record Sum(String key, long vouchers, long amountFen) {}

    /** All of a batch's, in the order of the vouchers' identifiers. */
    record Foretold(long vouchers, long amountFen, List<Sum> byStep, List<Sum> byState, List<Lapse> all) {}

    Foretold of(String batchId, Instant by) {
        Map<String, Lapse> all = new TreeMap<>();
        for (DueWork.Kind kind : dueWork.kinds()) {
            if (ENDS.contains(kind.name())) {
                find(kind, batchId, by).forEach(lapse -> all.put(lapse.voucherId() + " " + lapse.step(), lapse));
            }
        }
        List<Lapse> lapses = List.copyOf(all.values());
        return new Foretold(
                lapses.size(),
                lapses.stream().mapToLong(Lapse::amountFen).sum(),
                sums(lapses, Lapse::step),
                sums(lapses, lapse -> lapse.status().name()),
                lapses);
    }

    private List<Lapse> find(DueWork.Kind kind, String batchId, Instant by) {
        var found = new ArrayList<Lapse>();
        String after = "";
        for (List<Due> page = kind.at(by, after); !page.isEmpty(); page = kind.at(by, after)) {
            found.addAll(ofTheBatch(page, batchId, by));
            after = page.getLast().id();
        }
        return found;
    }

    /** A rejected item whose window is open by then goes back to its holder, not to the batch. */
    private List<Lapse> ofTheBatch(List<Due> page, String batchId, Instant by) {
        Map<String, Due> due = new LinkedHashMap<>();
        page.forEach(d -> vouchers(d).forEach(id -> due.put(id, d)));
        boolean rejected = page.getFirst().command() instanceof EndNotice;
        return sql.sql("""
                        select id, enterprise_id, provider_id, status, held_fen,
                               ordered_fen + paid_fen + accepted_fen + claimed_fen as rest
                        from view.voucher
                        where batch_id = :batch and id in (:ids) and (not :rejected or redemption_until <= :by)
                        order by id
                        """)
                .param("batch", batchId)
                .param("ids", due.keySet())
                .param("rejected", rejected)
                .param("by", by.atOffset(ZoneOffset.UTC))
                .query((row, n) -> lapse(row, due.get(row.getString("id"))))
                .list();
    }

    private static List<String> vouchers(Due due) {
        return due.command() instanceof EndNotice end ? end.voucherIds() : List.of(due.id());
    }

    private static Lapse lapse(ResultSet row, Due due) throws SQLException {
        boolean remainder = due.command() instanceof LapseRemainder;
        return new Lapse(
                row.getString("id"),
                row.getString("enterprise_id"),
                row.getString("provider_id"),
                VoucherStatus.valueOf(row.getString("status")),
                due.command().getClass().getSimpleName(),
                row.getLong("held_fen") + (remainder ? 0 : row.getLong("rest")));
    }

    private static List<Sum> sums(List<Lapse> lapses, Function<Lapse, String> by) {
        Map<String, Sum> sums = new TreeMap<>();
        lapses.forEach(lapse -> sums.merge(
                by.apply(lapse),
                new Sum(by.apply(lapse), 1, lapse.amountFen()),
                (one, other) ->
                        new Sum(one.key(), one.vouchers() + other.vouchers(), one.amountFen() + other.amountFen())));
        return List.copyOf(sums.values());
    }
}
