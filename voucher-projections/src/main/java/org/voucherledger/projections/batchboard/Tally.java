package org.voucherledger.projections.batchboard;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherState.Balances;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.applications.ApplicationOutcome;
import org.voucherledger.projections.projection.Told;

/**
 * What a board adds up beside the batch's own state. Amounts in fen.
 *
 * <p>Invariant: {@code money} is the sum of the balances of the batch's vouchers, and the counts are those of its
 * applications and vouchers; nothing is counted zero times.
 *
 * @param budgetFen as opened, raised and taken back so far
 * @param grantedFen all that was ever granted, what came back since included
 * @param position the highest position of an event that concerns the batch; {@code changedAt} is its time
 */
record Tally(
        long budgetFen,
        long grantedFen,
        Balances money,
        Map<ApplicationOutcome, Long> applications,
        Map<VoucherStatus, Long> vouchers,
        long position,
        Instant changedAt) {

    static final Tally NONE = new Tally(0, 0, new Balances(0, 0, 0, 0, 0, 0, 0), Map.of(), Map.of(), -1, null);

    long count(ApplicationOutcome outcome) {
        return applications.getOrDefault(outcome, 0L);
    }

    long allApplications() {
        return sum(applications);
    }

    long allVouchers() {
        return sum(vouchers);
    }

    /** Events of different streams are told as they commit, so the last one told need not be the highest. */
    Tally seen(Told told) {
        return told.position() < position
                ? this
                : new Tally(budgetFen, grantedFen, money, applications, vouchers, told.position(), told.at());
    }

    Tally budget(long changeFen) {
        return new Tally(budgetFen + changeFen, grantedFen, money, applications, vouchers, position, changedAt);
    }

    Tally granted(long amountFen) {
        return new Tally(budgetFen, grantedFen + amountFen, money, applications, vouchers, position, changedAt);
    }

    /** @param before {@code null} for an application that was not there */
    Tally application(ApplicationOutcome before, ApplicationOutcome after) {
        return new Tally(
                budgetFen, grantedFen, money, moved(applications, before, after), vouchers, position, changedAt);
    }

    Tally voucher(VoucherState before, VoucherState after) {
        return new Tally(
                budgetFen,
                grantedFen,
                moved(before.balances(), after.balances()),
                applications,
                moved(vouchers, before.status(), after.status()),
                position,
                changedAt);
    }

    private Balances moved(Balances before, Balances after) {
        return new Balances(
                money.heldFen() - before.heldFen() + after.heldFen(),
                money.orderedFen() - before.orderedFen() + after.orderedFen(),
                money.paidFen() - before.paidFen() + after.paidFen(),
                money.acceptedFen() - before.acceptedFen() + after.acceptedFen(),
                money.claimedFen() - before.claimedFen() + after.claimedFen(),
                money.redeemedFen() - before.redeemedFen() + after.redeemedFen(),
                money.backFen() - before.backFen() + after.backFen());
    }

    private static <K> Map<K, Long> moved(Map<K, Long> counts, K before, K after) {
        if (after.equals(before)) {
            return counts;
        }
        var next = new TreeMap<>(counts);
        next.merge(after, 1L, Long::sum);
        if (before != null) {
            next.computeIfPresent(before, (key, count) -> count == 1 ? null : count - 1);
        }
        return next;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
