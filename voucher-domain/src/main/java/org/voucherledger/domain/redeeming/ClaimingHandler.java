package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimSubmitted;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimWithdrawn;
import org.voucherledger.domain.redemption.ClaimEvent.Item;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.voucher.VoucherEvent.ItemClaimed;

/** Claiming accepted vouchers, and taking an unreviewed claim back (GZ-40). */
public final class ClaimingHandler {

    private final Ledger ledger;

    public ClaimingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** All vouchers of the claim move together or none does; with the first claim their remainders go back (GZ-25). */
    @CommandHandler
    public void handle(SubmitClaim submit, Stamp stamp) {
        var batch = ledger.batch(submit.batchId());
        Checks.inOrder(() -> batch.now().isOpened(submit.batchId()));
        var opened = batch.now().opened();
        var terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        boolean byProvider = terms.redemption().claimant() == Claimant.PROVIDER;
        Checks.inOrder(() -> byProvider ? stamp.actsFor(submit.providerId()) : null);

        var claim = ledger.claim(submit.claimId());
        var provider = ledger.provider(submit.providerId()).now();
        List<VoucherDossier> dossiers = submit.voucherIds().stream()
                .map(id -> VoucherDossier.of(ledger, id))
                .toList();
        String claimantId =
                byProvider ? submit.providerId() : dossiers.getFirst().enterpriseId();

        Checks.inOrder(
                () -> byProvider ? null : each(dossiers, dossier -> stamp.actsFor(dossier.enterpriseId())),
                () -> GZ_40.finds(
                        STATE,
                        "ClaimExists",
                        !claim.now().exists(),
                        "a new claim",
                        "submitted before",
                        submit.claimId()),
                // The claim of a cloud voucher comes with its papers, by a command of its own (CL-08).
                () -> terms.kind() == Kind.CLOUD ? terms.isOfKind(Kind.SERVICE, "claim") : null,
                () -> each(dossiers, dossier -> isOf(submit, dossier)),
                () -> each(dossiers, dossier -> dossier.isIn(GZ_40, "claim", Set.of(ACCEPTED))),
                () -> VoucherDossier.isGood(provider.standing(), submit.providerId()),
                () -> each(dossiers, VoucherDossier::isNotFrozen),
                () -> GZ_40.notBefore(
                        DEADLINE, "RedemptionNotOpen", batch.now().date(BatchDate.REDEMPTION_FROM), stamp.receivedAt()),
                () -> each(
                        dossiers,
                        dossier -> GZ_40.before(
                                DEADLINE,
                                "RedemptionClosed",
                                dossier.deadlines().redemptionUntil(),
                                stamp.receivedAt())),
                () -> PapersCheck.of("CLAIM", submit.documents(), terms.papers()));

        var items = dossiers.stream()
                .map(d -> new Item(
                        d.voucherId(), d.enterpriseId(), d.voucher().balances().acceptedFen()))
                .toList();
        claim.record(new ClaimSubmitted(
                submit.claimId(),
                submit.batchId(),
                opened.schemeId(),
                opened.schemeVersion(),
                claimantId,
                submit.providerId(),
                items,
                submit.documents()));
        for (VoucherDossier dossier : dossiers) {
            dossier.lapseRemainder(stamp.receivedAt());
            dossier.record(new ItemClaimed(
                    dossier.voucherId(),
                    dossier.batchId(),
                    submit.claimId(),
                    dossier.voucher().balances().acceptedFen()));
        }
    }

    @CommandHandler
    public void handle(WithdrawClaim withdraw, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, withdraw.claimId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.claim().submitted().claimantId()),
                dossier::isNotWithdrawn,
                () -> GZ_40.holds(
                        STATE,
                        "ReviewedAlready",
                        dossier.claim().reviewed() == null,
                        "not reviewed",
                        String.valueOf(dossier.claim().reviewed()),
                        "withdraw"),
                // Asked of the provider itself, because a claim whose items were all revoked has none to ask.
                () -> VoucherDossier.isGood(
                        ledger.provider(dossier.providerId()).now().standing(), dossier.providerId()),
                () -> dossier.areNotFrozen(dossier.claim().live()));
        for (var item : dossier.claim().live()) {
            var voucher = dossier.voucher(item);
            voucher.unclaim();
        }
        dossier.record(new ClaimWithdrawn(withdraw.claimId(), withdraw.reason()));
    }

    /** A claim is made by the vouchers' provider, for vouchers of one batch. */
    private static Decision isOf(SubmitClaim submit, VoucherDossier dossier) {
        boolean holds = dossier.batchId().equals(submit.batchId())
                && dossier.providerId().equals(submit.providerId());
        return GZ_40.holds(
                STATE,
                "NotOfThisProviderAndBatch",
                holds,
                submit.providerId() + " " + submit.batchId(),
                dossier.providerId() + " " + dossier.batchId(),
                dossier.voucherId());
    }

    private static Decision each(List<VoucherDossier> dossiers, Function<VoucherDossier, Decision> question) {
        return Checks.first(dossiers.stream().map(question));
    }
}
