package org.voucherledger.domain.ending;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CV_01;
import static org.voucherledger.domain.rule.Rule.GZ_25;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.rule.Rule.GZ_31;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.Deadlines.Lapse;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherStatus;

/** How a voucher ends without being redeemed: returned, recovered, or its remainder lapsed (GZ-25, GZ-30, GZ-31, GZ-33). */
public final class EndingHandler {

    private static final Set<VoucherStatus> UNPAID =
            Set.of(ISSUED, ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED, CONTRACT_CONFIRMED);
    private static final Set<VoucherStatus> UNCLAIMED =
            Set.of(ISSUED, ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED, CONTRACT_CONFIRMED, PAID, ACCEPTED);

    private final Ledger ledger;

    public EndingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The voucher, its enterprise's and its provider's quota and the batch's money change together. */
    @CommandHandler
    public void handle(ReturnVoucher give, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, give.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.holder()),
                dossier::isPublished,
                () -> dossier.isIn(GZ_31, "return", UNPAID),
                dossier::isNotFrozen,
                () -> GZ_31.before(DEADLINE, "DueForRecovery", recovery(dossier).at(), stamp.receivedAt()));

        dossier.release(UsedKeys.of(dossier.voucher()));
        dossier.releaseProvider();
        var ending = dossier.terms().ending().onReturn();
        var balances = dossier.voucher().balances();
        long givenFen = balances.heldFen() + balances.orderedFen();
        var to = dossier.back(ending, stamp.receivedAt());
        dossier.record(new VoucherReturned(
                give.voucherId(), dossier.batchId(), balances.heldFen(), balances.orderedFen(), to, give.reason()));
        dossier.moneyBack(givenFen, to);
        dossier.freeQuota(ending, givenFen);
    }

    /** What becomes of money and quota is for the scheme to say (GZ-30). */
    @CommandHandler
    public void handle(RecoverVoucher recover, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, recover.voucherId());
        Checks.inOrder(
                dossier::isPublished,
                () -> dossier.isIn(GZ_30, "recover", UNCLAIMED),
                dossier::isNotFrozen,
                () -> isDue(recovery(dossier), stamp));
        Rule rule = recovery(dossier).rule();
        dossier.revoke(rule, false, rule.english(), stamp);
    }

    @CommandHandler
    public void handle(LapseRemainder lapse, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, lapse.voucherId());
        Checks.inOrder(
                () -> dossier.isServiceIn(GZ_25, "lapse the remainder", Set.of(ACCEPTED)),
                () -> GZ_25.finds(
                        STATE,
                        "NoRemainder",
                        dossier.voucher().balances().heldFen() > 0,
                        "a remainder",
                        "none",
                        "lapse the remainder"),
                dossier::isNotFrozen,
                () -> GZ_25.notBefore(
                        DEADLINE, "StillValid", dossier.deadlines().validUntil(), stamp.receivedAt()));
        dossier.lapseRemainder(stamp.receivedAt());
    }

    private static Lapse recovery(VoucherDossier dossier) {
        return dossier.deadlines()
                .recovery(
                        dossier.terms().kind(),
                        dossier.voucher().status(),
                        dossier.voucher().contractedInTime());
    }

    private static Decision isDue(Lapse recovery, Stamp stamp) {
        return switch (recovery.rule()) {
            case CV_01 -> CV_01.notBefore(DEADLINE, "NotDueForRecovery", recovery.at(), stamp.receivedAt());
            case GZ_30 -> GZ_30.notBefore(DEADLINE, "NotDueForRecovery", recovery.at(), stamp.receivedAt());
            default -> GZ_33.notBefore(DEADLINE, "NotDueForRecovery", recovery.at(), stamp.receivedAt());
        };
    }
}
