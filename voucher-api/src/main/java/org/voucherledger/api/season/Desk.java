package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.InvoiceKind;
import org.voucherledger.domain.voucher.Transfer;

/** Where papers are written: contracts, invoices and transfers whose figures obey GZ-22 to GZ-24. */
final class Desk {

    private Desk() {}

    static List<Document> documents(String... kinds) {
        return Arrays.stream(kinds).map(Desk::document).toList();
    }

    static Document document(String kind) {
        PaperFile file = PaperFile.of(kind);
        return new Document(kind, file.sha256(), PaperFile.MEDIA_TYPE, file.content().length);
    }

    /** The contract for the holding's order, its service over the day before it will be paid. */
    static Contract contract(Holding h, LocalDate signedOn) {
        LocalDate until = Shanghai.dateOf(h.payAt).minusDays(2);
        long twice = 2 * h.faceFen;
        boolean unrelated = h.plan.payment() == Plan.PaymentKind.WITH_UNRELATED_CONTENT;
        return new Contract(
                "HT-%s-%d".formatted(h.voucherId, h.attempts),
                "1",
                h.firm.name(),
                h.platform.name(),
                h.offer.type(),
                signedOn,
                signedOn.isAfter(until) ? until : signedOn,
                until,
                unrelated ? twice + 50_000 : twice,
                unrelated ? 50_000 : 0);
    }

    /** The papers of the holding's payment, as its plan says. The contract's related amount is 2F. */
    static Papers payment(Holding h) {
        long f = h.faceFen;
        return switch (h.plan.payment()) {
            case HALF -> papers(h, f, 2 * f, f);
            case LESS_THAN_FACE ->
                papers(h, Math.max(1, f * 3 / 5), 2 * Math.max(1, f * 3 / 5), Math.max(1, f * 3 / 5));
            case PAID_IN_FULL -> papers(h, f, 2 * f, 2 * f);
            case PAID_MORE -> papers(h, f - f / 4, 2 * f, 2 * f - f / 2);
            case ABOVE_CONTRACT -> papers(h, f, 2 * f + 10_000, f + 10_000);
            case WITH_UNRELATED_CONTENT -> unrelated(papers(h, f, 2 * f, f));
            case IN_INSTALMENTS -> instalments(h, papers(h, f, 2 * f, f));
            case MORE_THAN_EXPECTED -> papers(h, f, 2 * f, f + f / 10);
        };
    }

    private static Papers papers(Holding h, long paid, long invoiced, long transferred) {
        LocalDate day = Shanghai.dateOf(h.payAt).minusDays(1);
        String number = "%s-%d".formatted(h.voucherId, h.attempts);
        // Electronic invoices may have no code; it is part of the key all the same (GZ-26).
        String code = h.turn % 3 == 0 ? "" : "0440%08d".formatted(h.turn);
        var invoice = new Invoice(
                InvoiceKind.VAT_ELECTRONIC_ORDINARY,
                code,
                "FP-" + number,
                day,
                h.platform.name(),
                h.firm.name(),
                invoiced,
                0);
        var transfer = new Transfer("示范银行", day, "LS-" + number, h.firm.name(), h.platform.name(), transferred, 0);
        return new Papers(paid, day.minusDays(1), List.of(invoice), List.of(transfer));
    }

    private static Papers unrelated(Papers papers) {
        Invoice i = papers.invoices().getFirst();
        Transfer t = papers.transfers().getFirst();
        return papers.with(List.of(new Invoice(
                        i.kind(),
                        i.code(),
                        i.number(),
                        i.date(),
                        i.sellerName(),
                        i.buyerName(),
                        i.amountFen() + 30_000,
                        30_000)))
                .transferred(List.of(new Transfer(
                        t.payerBank(),
                        t.date(),
                        t.serial(),
                        t.payerName(),
                        t.payeeName(),
                        t.amountFen() + 30_000,
                        30_000)));
    }

    private static Papers instalments(Holding h, Papers papers) {
        Invoice i = papers.invoices().getFirst();
        Transfer t = papers.transfers().getFirst();
        return papers.with(
                        List.of(amount(i, "-1", i.amountFen() / 3), amount(i, "-2", i.amountFen() - i.amountFen() / 3)))
                .transferred(List.of(
                        amount(t, "-1", t.amountFen() / 2), amount(t, "-2", t.amountFen() - t.amountFen() / 2)));
    }

    /** The same invoice with another number or amount. */
    static Invoice amount(Invoice i, String suffix, long fen) {
        return new Invoice(
                i.kind(),
                i.code(),
                i.number() + suffix,
                i.date(),
                i.sellerName(),
                i.buyerName(),
                fen,
                i.unrelatedFen());
    }

    static Transfer amount(Transfer t, String suffix, long fen) {
        return new Transfer(
                t.payerBank(), t.date(), t.serial() + suffix, t.payerName(), t.payeeName(), fen, t.unrelatedFen());
    }
}
