package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * Says after every single event of a log, read from its first one on, whether ALL-03 holds at that prefix; of nothing but the
 * events, and in a time that does not grow with the log. Amounts in fen.
 */
public final class EveryPrefix {

    private final Recomputation recomputation = new Recomputation();
    private final Map<String, Long> inVouchersFen = new HashMap<>();
    private final Map<String, Long> budgetsFen = new HashMap<>();
    private final Map<String, String> lastCommand = new HashMap<>();

    /**
     * Adds the next event.
     *
     * @param command which caused it; between two events of one command a batch need not agree with its vouchers
     * @return what does not hold after it, as a sentence
     */
    public Optional<String> after(DomainEvent event, String command) {
        var wrong = new ArrayList<String>();
        try {
            add(event, command, wrong);
        } catch (ArithmeticException beyond) {
            // The domain's own states can hold neither less than nothing nor more than every fund.
            wrong.add(beyond.getMessage());
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    private void add(DomainEvent event, String command, List<String> wrong) {
        switch (event) {
            case VoucherEvent e -> {
                commandEnded(e.batchId(), command, wrong);
                voucher(e, wrong);
            }
            case BatchEvent e -> {
                commandEnded(e.batchId(), command, wrong);
                batch(e, wrong);
            }
            default -> {
                recomputation.add(event);
                others(event, wrong);
            }
        }
    }

    /** When the next command comes to a batch, the one before is done: then the batch's own figures are those of its vouchers. */
    private void commandEnded(String batchId, String command, List<String> wrong) {
        String before = lastCommand.put(batchId, command);
        if (before == null || before.equals(command)) {
            return;
        }
        BatchState own = recomputation.batch(batchId);
        var outside = recomputation.outside(batchId);
        equal(
                "available of batch " + batchId + " by its own state",
                own.available().value(),
                outside.availableFen(),
                wrong);
        equal("lapsed of batch " + batchId + " by its own state", own.lapsed().value(), outside.lapsedFen(), wrong);
    }

    private void voucher(VoucherEvent event, List<String> wrong) {
        VoucherState before = recomputation.voucher(event.voucherId());
        recomputation.add(event);
        VoucherState after = recomputation.voucher(event.voucherId());
        inVouchersFen.merge(event.batchId(), inVoucherFen(after) - inVoucherFen(before), Long::sum);
        var money = after.balances();
        String of = " of voucher " + event.voucherId();
        notNegative("held" + of, money.heldFen(), wrong);
        notNegative("ordered" + of, money.orderedFen(), wrong);
        notNegative("paid" + of, money.paidFen(), wrong);
        notNegative("accepted" + of, money.acceptedFen(), wrong);
        notNegative("claimed" + of, money.claimedFen(), wrong);
        notNegative("redeemed" + of, money.redeemedFen(), wrong);
        notNegative("back" + of, money.backFen(), wrong);
        notNegative("due by the enterprise" + of, after.clawback().enterpriseDueFen(), wrong);
        notNegative("due by the provider" + of, after.clawback().providerDueFen(), wrong);
        if (after.payment() != null) {
            notNegative("owed" + of, after.payment().owedFen(), wrong);
        }
        if (!after.exists()) {
            wrong.add("voucher " + event.voucherId() + " was never issued");
        } else {
            equal("the face" + of, after.issue().faceFen(), money.sumFen(), wrong);
            // Else money would go back to a batch that it never came from.
            if (!after.issue().batchId().equals(event.batchId())) {
                wrong.add("voucher " + event.voucherId() + " is of batch "
                        + after.issue().batchId() + ", not of " + event.batchId());
            }
        }
        budgetIsWhole(event.batchId(), wrong);
    }

    private static long inVoucherFen(VoucherState voucher) {
        return voucher.balances().sumFen() - voucher.balances().backFen();
    }

    private void batch(BatchEvent event, List<String> wrong) {
        long before = recomputation.outside(event.batchId()).budgetFen();
        recomputation.add(event);
        BatchState batch = recomputation.batch(event.batchId());
        if (!batch.exists()) {
            wrong.add("batch " + event.batchId() + " was never opened");
            return;
        }
        long change = recomputation.outside(event.batchId()).budgetFen() - before;
        budgetsFen.merge(batch.opened().schemeId(), change, Long::sum);
        budgetIsWhole(event.batchId(), wrong);
        fundIsEnough(batch.opened().schemeId(), wrong);
    }

    private void others(DomainEvent event, List<String> wrong) {
        switch (event) {
            case SchemeEvent e -> fundIsEnough(e.schemeId(), wrong);
            case EnterpriseQuotaEvent e -> {
                var quota = recomputation.enterpriseQuota(e.streamId());
                notNegative("pending of " + e.streamId(), quota.pendingTotal().value(), wrong);
                notNegative("charged of " + e.streamId(), quota.charged().value(), wrong);
            }
            case ProviderQuotaEvent e -> {
                var quota = recomputation.providerQuota(e.streamId());
                notNegative("reserved of " + e.streamId(), quota.reserved().value(), wrong);
                notNegative("taken of " + e.streamId(), quota.taken().value(), wrong);
            }
            default -> {}
        }
    }

    /**
     * ALL-03: budget = available + held + ordered + paid + accepted + claimed + redeemed + lapsed. It follows from every voucher's
     * parts being its face and its batch being its own, which are checked too; it is what the rule says, so it is looked at.
     */
    private void budgetIsWhole(String batchId, List<String> wrong) {
        var outside = recomputation.outside(batchId);
        notNegative("available of batch " + batchId, outside.availableFen(), wrong);
        notNegative("lapsed of batch " + batchId, outside.lapsedFen(), wrong);
        equal(
                "the budget of batch " + batchId,
                outside.budgetFen(),
                outside.availableFen() + inVouchersFen.getOrDefault(batchId, 0L) + outside.lapsedFen(),
                wrong);
    }

    /** ALL-03: fund = unallocated + Σ budgets, and nothing is negative. */
    private void fundIsEnough(String schemeId, List<String> wrong) {
        long fund = recomputation.scheme(schemeId).fund().value();
        notNegative("unallocated of scheme " + schemeId, fund - budgetsFen.getOrDefault(schemeId, 0L), wrong);
    }

    private static void notNegative(String what, long fen, List<String> wrong) {
        if (fen < 0) {
            wrong.add(what + " is " + fen + " fen");
        }
    }

    private static void equal(String what, long fen, long sumFen, List<String> wrong) {
        if (fen != sumFen) {
            wrong.add(what + " is " + fen + " fen, and its parts are " + sumFen);
        }
    }
}
