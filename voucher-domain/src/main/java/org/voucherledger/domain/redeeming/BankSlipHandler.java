package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_44;
import static org.voucherledger.domain.rule.Rule.GZ_45;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.BankEntries.Entry;
import org.voucherledger.domain.redemption.ClaimCommand.HandInBankSlips;
import org.voucherledger.domain.redemption.ClaimEvent.BankSlipsHandedIn;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;

/** Slips that the bank prints after what it did was recorded (GZ-44). They move nothing, so that a freeze does not stop them. */
public final class BankSlipHandler {

    private final Ledger ledger;

    public BankSlipHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(HandInBankSlips slips, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, slips.claimId());
        Entry entry = dossier.claim().bank().entry(slips.movement(), slips.bankReference());
        Checks.inOrder(
                () -> GZ_44.finds(
                        STATE,
                        "BankMovementUnknown",
                        entry != null,
                        "a recorded movement",
                        "none",
                        slips.movement() + " " + slips.bankReference()),
                () -> PapersCheck.of(
                        "BANK_SLIPS", slips.documents(), dossier.terms().papers()),
                () -> Checks.first(slips.documents().stream().map(slip -> isFirstOfItsKind(entry, slip))));
        dossier.record(
                new BankSlipsHandedIn(slips.claimId(), slips.movement(), entry.bankReference(), slips.documents()));
    }

    /** GZ-45: one file a kind, whether it came with the movement or later. */
    private static Decision isFirstOfItsKind(Entry entry, Document slip) {
        return GZ_45.holds(
                DOCUMENTS,
                "SlipHandedInAlready",
                !entry.hasSlipOf(slip.kind()),
                "one file a kind",
                slip.kind(),
                slip.sha256());
    }
}
