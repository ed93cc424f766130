package org.voucherledger.domain.dossier;

import java.time.Instant;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.Standing;
import org.voucherledger.domain.redemption.Awaited;
import org.voucherledger.domain.redemption.PartyTurnEvent.TurnGivenInBatch;
import org.voucherledger.domain.redemption.SettlementEvent;
import org.voucherledger.domain.redemption.SettlementEvent.PartyFreed;
import org.voucherledger.domain.redemption.SettlementEvent.PartyHeld;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentAwaited;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentCalledOff;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentFreed;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentHeld;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentMade;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentReopened;
import org.voucherledger.domain.redemption.SettlementState;

/**
 * A cloud voucher's turn in its batch's order of payment (CL-03, GZ-43). Of vouchers of other kinds, which are paid in no
 * order, there is nothing to tell.
 *
 * <p>Whatever holds an item, or no longer does, is told to the order when it happens. So a settlement asks the order alone,
 * however many are held.
 */
public final class PaymentTurn {

    private final Ledger ledger;
    private final VoucherDossier dossier;

    private PaymentTurn(Ledger ledger, VoucherDossier dossier) {
        this.ledger = ledger;
        this.dossier = dossier;
    }

    static PaymentTurn of(Ledger ledger, VoucherDossier dossier) {
        return new PaymentTurn(ledger, dossier);
    }

    /** Approved and published, the voucher waits for its turn. */
    public void await(Instant noticeEndsAt, Stamp stamp) {
        if (dossier.isCloud()) {
            record(new PaymentAwaited(
                    dossier.batchId(),
                    claimId(),
                    dossier.voucherId(),
                    dossier.enterpriseId(),
                    dossier.providerId(),
                    tier(),
                    number(),
                    noticeEndsAt));
            tellWhatHoldsIt(stamp);
        }
    }

    public void paid(long amountFen) {
        if (dossier.isCloud()) {
            record(new PaymentMade(dossier.batchId(), claimId(), dossier.voucherId(), tier(), number(), amountFen));
        }
    }

    /** The bank sent the money back: the voucher waits in its old turn. */
    public void reopen(long amountFen, Stamp stamp) {
        if (dossier.isCloud()) {
            record(new PaymentReopened(
                    dossier.batchId(),
                    claimId(),
                    dossier.voucherId(),
                    dossier.enterpriseId(),
                    dossier.providerId(),
                    tier(),
                    number(),
                    stamp.receivedAt(),
                    amountFen));
            tellWhatHoldsIt(stamp);
        }
    }

    /** What waited to be paid waits no longer. */
    public void callOff() {
        if (awaited() != null) {
            record(new PaymentCalledOff(dossier.batchId(), claimId(), dossier.voucherId(), tier(), number()));
        }
    }

    /** GZ-32, GZ-42: tells the order whether something of the item's own holds it; call it after what has changed. */
    public void tell(Stamp stamp) {
        Awaited awaited = awaited();
        if (awaited == null) {
            return;
        }
        boolean held = dossier.voucher().frozen()
                || !ledger.claim(claimId())
                        .now()
                        .item(dossier.voucherId())
                        .objections()
                        .isEmpty();
        if (held && !awaited.held()) {
            record(new PaymentHeld(dossier.batchId(), claimId(), dossier.voucherId(), tier(), number()));
        } else if (!held && awaited.held()) {
            record(new PaymentFreed(
                    dossier.batchId(), claimId(), dossier.voucherId(), tier(), number(), stamp.receivedAt()));
        }
    }

    /** GZ-32: tells every order in which the enterprise stands whether it is held; call it after what has changed. */
    public static void tellOfEnterprise(Ledger ledger, String enterpriseId, Stamp stamp) {
        tellOf(
                ledger,
                "enterprise:" + enterpriseId,
                ledger.enterprise(enterpriseId).now().standing(),
                stamp);
    }

    /** GZ-32: tells every order in which the provider stands whether it is held; call it after what has changed. */
    public static void tellOfProvider(Ledger ledger, String providerId, Stamp stamp) {
        tellOf(
                ledger,
                "provider:" + providerId,
                ledger.provider(providerId).now().standing(),
                stamp);
    }

    private static void tellOf(Ledger ledger, String party, Standing standing, Stamp stamp) {
        ledger.partyTurns(party).now().batches().forEach(batchId -> tell(ledger, batchId, party, standing, stamp));
    }

    private static void tell(Ledger ledger, String batchId, String party, Standing standing, Stamp stamp) {
        var order = ledger.settlement(batchId);
        boolean held = standing.frozen() || standing.disqualified();
        if (held && !order.now().holds(party)) {
            order.record(new PartyHeld(batchId, party));
        } else if (!held && order.now().holds(party)) {
            order.record(new PartyFreed(batchId, party, stamp.receivedAt()));
        }
    }

    /** What may be awaited although it is held, by the bureau's or the bank's word, stands aside from the beginning. */
    private void tellWhatHoldsIt(Stamp stamp) {
        tell(stamp);
        takesItsTurn(
                "enterprise:" + dossier.enterpriseId(), dossier.enterprise().standing(), stamp);
        takesItsTurn("provider:" + dossier.providerId(), dossier.provider().standing(), stamp);
    }

    private void takesItsTurn(String party, Standing standing, Stamp stamp) {
        var turns = ledger.partyTurns(party);
        if (!turns.now().batches().contains(dossier.batchId())) {
            turns.record(new TurnGivenInBatch(party, dossier.batchId()));
            tell(ledger, dossier.batchId(), party, standing, stamp);
        }
    }

    private Awaited awaited() {
        return dossier.isCloud() ? order().at(tier(), number()) : null;
    }

    private SettlementState order() {
        return ledger.settlement(dossier.batchId()).now();
    }

    private void record(SettlementEvent event) {
        ledger.settlement(dossier.batchId()).record(event);
    }

    private String claimId() {
        return dossier.voucher().claim().claimId();
    }

    private int tier() {
        return dossier.voucher().cloud().tier();
    }

    private long number() {
        return dossier.voucher().cloud().claimNumber();
    }
}
