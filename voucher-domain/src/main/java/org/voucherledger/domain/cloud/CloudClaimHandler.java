package org.voucherledger.domain.cloud;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.rule.Rule.CL_06;
import static org.voucherledger.domain.rule.Rule.CL_08;
import static org.voucherledger.domain.rule.Rule.GZ_40;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.cloud.CloudCommand.ClaimCloudVoucher;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.dossier.PaymentPapers;
import org.voucherledger.domain.dossier.PeriodCheck;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimSubmitted;
import org.voucherledger.domain.redemption.ClaimEvent.Item;
import org.voucherledger.domain.redemption.SettlementEvent.ClaimNumbered;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * The enterprise claims its cloud voucher with the papers of what it paid (CL-08). From then on the claim goes the way of
 * every other: reviews, notice, objections, settlement.
 */
public final class CloudClaimHandler {

    private final Ledger ledger;

    public CloudClaimHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Answers what is claimed, in fen. */
    @CommandHandler
    public long handle(ClaimCloudVoucher submit, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, submit.voucherId());
        var claim = ledger.claim(submit.claimId());
        List<UsedOnceKey> keys = UsedKeys.ofPapers(submit.invoices(), submit.transfers());
        long invoicedFen =
                submit.invoices().stream().mapToLong(Invoice::relatedFen).sum();
        long paidFen =
                submit.transfers().stream().mapToLong(Transfer::relatedFen).sum();
        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> dossier.terms().isOfKind(Kind.CLOUD, "claim"),
                () -> GZ_40.finds(
                        STATE,
                        "ClaimExists",
                        !claim.now().exists(),
                        "a new claim",
                        "submitted before",
                        submit.claimId()),
                () -> dossier.isIn(GZ_40, "claim", Set.of(VoucherStatus.ISSUED)),
                dossier::isNotFrozen,
                () -> CL_02.notBefore(
                        DEADLINE,
                        "RedemptionNotOpen",
                        dossier.batch().date(BatchDate.REDEMPTION_FROM),
                        stamp.receivedAt()),
                () -> CL_02.before(
                        DEADLINE, "RedemptionClosed", dossier.deadlines().redemptionUntil(), stamp.receivedAt()),
                () -> ReservingHandler.declaredNotFunded(submit.declaredNotFundedOtherwise(), "claim"),
                () -> PapersCheck.of(
                        "CLAIM", submit.documents(), dossier.terms().papers()),
                () -> isComplete(submit, stamp),
                () -> isPaid(submit, stamp),
                () -> areIssued(submit.invoices(), stamp),
                () -> PeriodCheck.of("claim", days(submit), dossier.terms().servicePeriod()),
                () -> PaymentPapers.namesAgree(
                        dossier.enterprise().names(),
                        dossier.provider().names(),
                        submit.invoices(),
                        submit.transfers()),
                () -> isInvoiced(paidFen, invoicedFen),
                () -> CL_06.holds(AMOUNTS, "NothingToSubsidise", claimedFen(dossier, paidFen) > 0, 1L, 0L, paidFen),
                () -> PaymentPapers.usedOnce(dossier, keys),
                () -> dossier.isNotFundedOtherwise(dossier.voucher().contract()));

        long claimedFen = claimedFen(dossier, paidFen);
        long backFen = dossier.voucher().balances().heldFen() - claimedFen;
        var to = dossier.back(stamp.receivedAt());
        var terms = dossier.terms();
        dossier.bind(keys);
        dossier.providerQuota(dossier.providerId())
                .record(new ProviderQuotaTaken(
                        terms.schemeId(),
                        dossier.providerId(),
                        terms.year(),
                        submit.voucherId(),
                        dossier.voucher().reservedFen(),
                        claimedFen));
        long number = ledger.settlement(dossier.batchId()).now().lastNumber() + 1;
        ledger.settlement(dossier.batchId())
                .record(new ClaimNumbered(
                        dossier.batchId(),
                        submit.claimId(),
                        submit.voucherId(),
                        dossier.voucher().cloud().tier(),
                        number));
        claim.record(new ClaimSubmitted(
                submit.claimId(),
                dossier.batchId(),
                terms.schemeId(),
                dossier.voucher().issue().schemeVersion(),
                dossier.enterpriseId(),
                dossier.providerId(),
                List.of(new Item(submit.voucherId(), dossier.enterpriseId(), claimedFen)),
                submit.documents()));
        dossier.record(new VoucherClaimed(
                submit.voucherId(),
                dossier.batchId(),
                submit.claimId(),
                number,
                claimedFen,
                backFen,
                to,
                submit.acceptedOn(),
                submit.invoices(),
                submit.transfers()));
        dossier.moneyBack(backFen, to);
        return claimedFen;
    }

    /**
     * CL-06: the voucher's share of what was contracted and paid. A voucher that was claimed before has given back what it
     * did not claim then, so that it claims at most what it still holds.
     */
    private static long claimedFen(VoucherDossier dossier, long paidFen) {
        long settledFen = Math.min(dossier.voucher().contract().relatedFen(), paidFen);
        long shareFen = ReservingHandler.share(
                        settledFen, dossier.voucher().issue().shareBasisPoints())
                .value();
        return Math.min(shareFen, dossier.voucher().balances().heldFen());
    }

    /** CL-08: claimed when the work is done and accepted. */
    private static Decision isComplete(ClaimCloudVoucher submit, Stamp stamp) {
        return CL_08.holds(
                DOCUMENTS,
                "ServiceNotComplete",
                !submit.acceptedOn().isAfter(stamp.date()),
                stamp.date().toString(),
                submit.acceptedOn().toString(),
                submit.acceptedOn().toString());
    }

    /** CL-06: actually paid is what has been transferred on the day of receipt; a later day is only a promise. */
    private static Decision isPaid(ClaimCloudVoucher submit, Stamp stamp) {
        LocalDate last = submit.transfers().stream()
                .map(Transfer::date)
                .max(LocalDate::compareTo)
                .orElse(stamp.date());
        return CL_06.holds(
                DOCUMENTS,
                "TransferNotMade",
                !last.isAfter(stamp.date()),
                stamp.date().toString(),
                last.toString(),
                last.toString());
    }

    /** CL-08: claimed with its invoices, which are issued by the day of receipt. */
    private static Decision areIssued(List<Invoice> invoices, Stamp stamp) {
        return Checks.first(invoices.stream()
                .map(invoice -> CL_08.holds(
                        DOCUMENTS,
                        "InvoiceNotIssued",
                        !invoice.date().isAfter(stamp.date()),
                        stamp.date().toString(),
                        invoice.date().toString(),
                        invoice.number())));
    }

    private static Stream<LocalDate> days(ClaimCloudVoucher submit) {
        return Stream.of(
                        Stream.of(submit.acceptedOn()),
                        submit.invoices().stream().map(Invoice::date),
                        submit.transfers().stream().map(Transfer::date))
                .flatMap(day -> day);
    }

    /** CL-08: only what is invoiced in full counts as paid. */
    private static Decision isInvoiced(long paidFen, long invoicedFen) {
        return CL_08.holds(AMOUNTS, "TransfersAboveInvoices", paidFen <= invoicedFen, invoicedFen, paidFen, paidFen);
    }
}
