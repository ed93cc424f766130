package org.voucherledger.domain.violation;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Rule.GZ_32;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.VoucherCommand.OrderClawback;
import org.voucherledger.domain.voucher.VoucherCommand.RecordRepayment;
import org.voucherledger.domain.voucher.VoucherCommand.WaiveClawback;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackRepaid;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackWaived;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Money that was redeemed and is asked back (GZ-32): a memo book of its own. What is redeemed stays gross, quotas stay, and
 * repayments go to the treasury.
 */
public final class ClawbackHandler {

    private final Ledger ledger;

    public ClawbackHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(OrderClawback order) {
        var dossier = VoucherDossier.of(ledger, order.voucherId());
        Checks.inOrder(
                () -> dossier.isIn(GZ_32, "order a clawback", Set.of(VoucherStatus.REDEEMED)),
                () -> isAParty(dossier, order.debtor()),
                () -> GZ_32.fits(
                        AMOUNTS,
                        "MoreThanRedeemed",
                        Fen.of(dossier.voucher().balances().redeemedFen()),
                        Fen.of(dossier.voucher().clawback().orderedFen()),
                        Fen.of(order.amountFen())));
        dossier.record(new ClawbackOrdered(
                order.voucherId(), dossier.batchId(), order.debtor(), order.amountFen(), order.reason()));
    }

    @CommandHandler
    public void handle(RecordRepayment repayment) {
        var dossier = VoucherDossier.of(ledger, repayment.voucherId());
        Checks.inOrder(() -> isDue(dossier, repayment.debtor(), repayment.amountFen()));
        dossier.record(new ClawbackRepaid(
                repayment.voucherId(),
                dossier.batchId(),
                repayment.debtor(),
                repayment.amountFen(),
                repayment.bankReference()));
    }

    @CommandHandler
    public void handle(WaiveClawback waive) {
        var dossier = VoucherDossier.of(ledger, waive.voucherId());
        Checks.inOrder(() -> isDue(dossier, waive.debtor(), waive.amountFen()));
        dossier.record(new ClawbackWaived(
                waive.voucherId(), dossier.batchId(), waive.debtor(), waive.amountFen(), waive.reason()));
    }

    /** A person is no party that the ledger could ask for money: it knows nobody behind the reference (ALL-05). */
    private static Decision isAParty(VoucherDossier dossier, Debtor debtor) {
        String party = debtor == Debtor.ENTERPRISE ? dossier.enterpriseId() : dossier.providerId();
        return GZ_32.finds(PARTY, "DebtorIsNoParty", !party.isEmpty(), "a party of the voucher", "none", debtor.name());
    }

    private static Decision isDue(VoucherDossier dossier, Debtor debtor, long amountFen) {
        return GZ_32.atMost(AMOUNTS, "MoreThanDue", dossier.voucher().clawback().due(debtor), Fen.of(amountFen));
    }
}
