package org.voucherledger.domain.paying;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_24;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.PapersCheck;
import org.voucherledger.domain.dossier.PaymentPapers;
import org.voucherledger.domain.dossier.PeriodCheck;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Paying;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;

/**
 * The sums and papers of one payment (GZ-24), whether it is made now or its papers are corrected later.
 *
 * <p>With I the invoices, T the own transfers, C the contract, each less unrelated content, B = min(I, C) and V what the
 * voucher pays: V × 10000 ≤ B × 5000, 2T ≥ I, T + V ≥ I, T ≤ I. All in fen; the shares are the scheme's.
 */
record Settlement(
        Contract contract,
        long voucherFen,
        LocalDate completedOn,
        List<Invoice> invoices,
        List<Transfer> transfers,
        List<Document> documents) {

    long invoicedFen() {
        return invoices.stream().mapToLong(Invoice::relatedFen).sum();
    }

    long transferredFen() {
        return transfers.stream().mapToLong(Transfer::relatedFen).sum();
    }

    /** T + V − I: what the provider has received beyond the invoices and owes the enterprise. */
    long owedFen() {
        return transferredFen() + voucherFen - invoicedFen();
    }

    List<UsedOnceKey> keys() {
        return UsedKeys.ofPapers(invoices, transfers);
    }

    // ---- documents, in the order of the rulebook

    /** The first thing wrong with the papers, or {@code null}. */
    Decision papers(VoucherDossier dossier, Stamp stamp) {
        return Checks.first(Stream.of(
                PapersCheck.of("PAYMENT", documents, dossier.terms().papers()),
                isComplete(stamp),
                isInPeriod(dossier),
                namesAgree(dossier)));
    }

    private Decision isComplete(Stamp stamp) {
        return GZ_24.holds(
                DOCUMENTS,
                "ServiceNotComplete",
                !completedOn.isAfter(stamp.date()),
                stamp.date().toString(),
                completedOn.toString(),
                completedOn.toString());
    }

    private Decision isInPeriod(VoucherDossier dossier) {
        Stream<LocalDate> days = Stream.concat(
                Stream.of(completedOn),
                Stream.concat(
                        invoices.stream().map(Invoice::date), transfers.stream().map(Transfer::date)));
        return PeriodCheck.of("payment", days, dossier.terms().servicePeriod());
    }

    private Decision namesAgree(VoucherDossier dossier) {
        return PaymentPapers.namesAgree(
                dossier.enterprise().names(), dossier.provider().names(), invoices, transfers);
    }

    // ---- amounts

    /** The first of the bounds that is broken, or {@code null}. */
    Decision amounts(int voucherShareBasisPoints, Paying paying) {
        long settled = Math.min(invoicedFen(), contract.relatedFen());
        return Checks.first(Stream.of(
                GZ_24.holds(
                        AMOUNTS,
                        "VoucherShareExceeded",
                        scaled(voucherFen) <= Math.multiplyExact(settled, (long) voucherShareBasisPoints),
                        Math.multiplyExact(settled, (long) voucherShareBasisPoints) / 10_000,
                        0L,
                        voucherFen),
                GZ_24.holds(
                        AMOUNTS,
                        "OwnShareTooSmall",
                        scaled(transferredFen())
                                >= Math.multiplyExact(invoicedFen(), (long) paying.ownShareBasisPoints()),
                        -Math.floorDiv(-Math.multiplyExact(invoicedFen(), (long) paying.ownShareBasisPoints()), 10_000),
                        transferredFen(),
                        transferredFen()),
                GZ_24.holds(
                        AMOUNTS,
                        "InvoiceNotCovered",
                        transferredFen() + voucherFen >= invoicedFen(),
                        invoicedFen(),
                        transferredFen(),
                        voucherFen),
                GZ_24.holds(
                        AMOUNTS,
                        "TransfersAboveInvoices",
                        transferredFen() <= invoicedFen(),
                        invoicedFen(),
                        transferredFen(),
                        transferredFen())));
    }

    private static long scaled(long fen) {
        return Math.multiplyExact(fen, 10_000L);
    }

    // ---- used once

    /** GZ-26, GZ-27: no paper twice, none that serves another voucher, no item that another fund has paid. */
    Decision usedOnce(VoucherDossier dossier) {
        return Checks.first(Stream.<Supplier<Decision>>of(
                        () -> PaymentPapers.usedOnce(dossier, keys()), () -> dossier.isNotFundedOtherwise(contract))
                .map(Supplier::get));
    }
}
