package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.CorrectPaymentDocuments;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherStatus;

/** What is tried when a voucher is about to pay, or has just paid, and must be refused (GZ-23, GZ-24, GZ-26 …). */
final class PaymentTrespasses {

    private static final LocalDate BEFORE_PERIOD = LocalDate.of(2019, 11, 30);

    private PaymentTrespasses() {}

    /** Before paying. The voucher's legal papers are ready; each attempt changes one thing in them. */
    static List<Trespass> of(Scene scene) {
        return List.of(
                pays(
                        "pays more than the face amount",
                        Rule.GZ_24,
                        (h, p) -> plain(h, h.faceFen + 1, 4 * h.faceFen, 2 * h.faceFen)),
                pays(
                        "pays a fen more than half",
                        Rule.GZ_24,
                        (h, p) -> plain(h, h.faceFen, 2 * h.faceFen - 1, h.faceFen)),
                pays(
                        "has paid a fen less than half itself",
                        Rule.GZ_24,
                        (h, p) -> plain(h, h.faceFen, 2 * h.faceFen, h.faceFen - 1)),
                pays(
                        "leaves a fen of the invoice open",
                        Rule.GZ_24,
                        (h, p) -> plain(h, h.faceFen - 1, 2 * h.faceFen, h.faceFen)),
                pays(
                        "has transferred more than was invoiced",
                        Rule.GZ_24,
                        (h, p) -> plain(h, h.faceFen, 2 * h.faceFen, 2 * h.faceFen + 1)),
                pays(
                        "says that the service will be complete tomorrow",
                        Rule.GZ_24,
                        (h, p) -> p.completed(Shanghai.dateOf(h.payAt).plusDays(1))),
                pays("was served before the service period", Rule.GZ_23, (h, p) -> p.completed(BEFORE_PERIOD)),
                pays(
                        "has an invoice from before the service period",
                        Rule.GZ_23,
                        (h, p) -> invoice(p, i -> dated(i, BEFORE_PERIOD))),
                pays(
                        "has a transfer from before the service period",
                        Rule.GZ_23,
                        (h, p) -> transfer(p, t -> dated(t, BEFORE_PERIOD))),
                pays(
                        "has an invoice of another seller",
                        Rule.GZ_09,
                        (h, p) -> invoice(p, PaymentTrespasses::ofAnotherSeller)),
                pays(
                        "has a transfer of another payer",
                        Rule.GZ_09,
                        (h, p) -> transfer(p, PaymentTrespasses::ofAnotherPayer)),
                pays("names an invoice twice", Rule.GZ_26, (h, p) -> twice(plain(h, h.faceFen, h.faceFen, h.faceFen))),
                pays(
                                "hands in an invoice of another voucher",
                                Rule.GZ_26,
                                (h, p) -> invoice(
                                        p,
                                        i -> numbered(
                                                i,
                                                paid(scene, h).papers.invoices().getFirst())))
                        .where(h -> paid(scene, h) != null),
                pays(
                                "hands in a transfer of another voucher",
                                Rule.GZ_26,
                                (h, p) -> transfer(
                                        p,
                                        t -> numbered(
                                                t,
                                                paid(scene, h)
                                                        .papers
                                                        .transfers()
                                                        .getFirst())))
                        .where(h -> paid(scene, h) != null),
                Trespass.of(
                        "pays without declaring that nobody else funds it",
                        Rule.GZ_27,
                        h -> Deed.of(h.holder(), undeclared(Paying.paying(h, h.papers)))),
                Trespass.of(
                        "pays without its invoices",
                        Rule.GZ_45,
                        h -> Deed.of(
                                h.holder(), documented(Paying.paying(h, h.papers), Desk.document("BANK_TRANSFER")))),
                Trespass.of(
                        "is a provider and pays", Rule.ALL_04, h -> Deed.of(h.provider(), Paying.paying(h, h.papers))),
                Trespass.of(
                        "is another enterprise and pays",
                        Rule.ALL_04,
                        h -> Deed.of(Caller.of(scene.city.firm(Flaw.LARGE)), Paying.paying(h, h.papers))),
                Trespass.of(
                        "accepts what has not been paid",
                        Rule.GZ_28,
                        h -> Deed.of(h.provider(), new AcceptVoucher(h.voucherId))),
                Trespass.of(
                        "sends back what has not been paid",
                        Rule.GZ_28,
                        h -> Deed.of(h.provider(), new SendPaymentBack(h.voucherId, "nothing there"))),
                Trespass.of(
                        "asks to undo what has not been paid",
                        Rule.GZ_29,
                        h -> Deed.of(h.provider(), new RequestPaymentUndo(h.voucherId, "nothing there"))),
                Trespass.of(
                                "cancels when the time for orders is over",
                                Rule.GZ_20,
                                h -> Deed.of(h.holder(), new CancelOrder(h.voucherId, "too late")))
                        .where(h -> h.plan.detour() == Plan.Detour.NONE),
                Trespass.of(
                        "replaces a confirmed contract",
                        Rule.GZ_20,
                        h -> Deed.of(h.holder(), Contracting.uploading(h, h.contract))));
    }

    /** After paying, before the provider has accepted. */
    static List<Trespass> afterwards(Scene scene) {
        return List.of(
                Trespass.of("pays twice", Rule.GZ_24, h -> Deed.of(h.holder(), Paying.paying(h, h.papers))),
                Trespass.of(
                        "returns what has been paid",
                        Rule.GZ_31,
                        h -> Deed.of(h.holder(), new ReturnVoucher(h.voucherId, "too late"))),
                Trespass.of(
                        "cancels what has been paid",
                        Rule.GZ_20,
                        h -> Deed.of(h.holder(), new CancelOrder(h.voucherId, "too late"))),
                Trespass.of(
                                "corrects papers that can still be sent back",
                                Rule.GZ_33,
                                h -> Deed.of(h.holder(), correction(h)))
                        .where(h -> scene.now().isBefore(Calendar.VALID_UNTIL)),
                Trespass.of(
                        "is another provider and accepts",
                        Rule.ALL_04,
                        h -> Deed.of(
                                Caller.of(scene.city.the(Platform.Part.OTHER_CITY)), new AcceptVoucher(h.voucherId))),
                Trespass.of(
                        "is the holder and accepts",
                        Rule.ALL_04,
                        h -> Deed.of(h.holder(), new AcceptVoucher(h.voucherId))));
    }

    private static CorrectPaymentDocuments correction(Holding h) {
        return new CorrectPaymentDocuments(
                h.voucherId,
                h.papers.completedOn(),
                h.papers.invoices(),
                h.papers.transfers(),
                Desk.documents(Paying.DOCUMENTS),
                "a better scan");
    }

    private static Trespass pays(String name, Rule rule, BiFunction<Holding, Papers, Papers> change) {
        return Trespass.of(name, rule, h -> Deed.of(h.holder(), Paying.paying(h, change.apply(h, h.papers))));
    }

    /** Legal papers with other amounts. */
    private static Papers plain(Holding h, long paid, long invoiced, long transferred) {
        Invoice i = h.papers.invoices().getFirst();
        Transfer t = h.papers.transfers().getFirst();
        return new Papers(
                paid,
                h.papers.completedOn(),
                List.of(new Invoice(
                        i.kind(), i.code(), i.number(), i.date(), i.sellerName(), i.buyerName(), invoiced, 0)),
                List.of(new Transfer(
                        t.payerBank(), t.date(), t.serial(), t.payerName(), t.payeeName(), transferred, 0)));
    }

    private static Papers invoice(Papers p, UnaryOperator<Invoice> change) {
        return p.with(p.invoices().stream().map(change).toList());
    }

    private static Papers transfer(Papers p, UnaryOperator<Transfer> change) {
        return p.transferred(p.transfers().stream().map(change).toList());
    }

    private static Papers twice(Papers p) {
        Invoice invoice = p.invoices().getFirst();
        return p.with(List.of(invoice, invoice));
    }

    /** Another voucher whose payment stands. */
    private static Holding paid(Scene scene, Holding h) {
        return scene.holdings.stream()
                .filter(other -> other != h && other.status == VoucherStatus.ACCEPTED && !other.undoing)
                .findFirst()
                .orElse(null);
    }

    private static Invoice dated(Invoice i, LocalDate day) {
        return new Invoice(
                i.kind(), i.code(), i.number(), day, i.sellerName(), i.buyerName(), i.amountFen(), i.unrelatedFen());
    }

    private static Transfer dated(Transfer t, LocalDate day) {
        return new Transfer(
                t.payerBank(), day, t.serial(), t.payerName(), t.payeeName(), t.amountFen(), t.unrelatedFen());
    }

    private static Invoice numbered(Invoice i, Invoice other) {
        return new Invoice(
                other.kind(),
                other.code(),
                other.number(),
                i.date(),
                i.sellerName(),
                i.buyerName(),
                i.amountFen(),
                i.unrelatedFen());
    }

    private static Transfer numbered(Transfer t, Transfer other) {
        return new Transfer(
                other.payerBank(),
                other.date(),
                other.serial(),
                t.payerName(),
                t.payeeName(),
                t.amountFen(),
                t.unrelatedFen());
    }

    private static Invoice ofAnotherSeller(Invoice i) {
        return new Invoice(
                i.kind(), i.code(), i.number(), i.date(), "粤示范他人平台", i.buyerName(), i.amountFen(), i.unrelatedFen());
    }

    private static Transfer ofAnotherPayer(Transfer t) {
        return new Transfer(
                t.payerBank(), t.date(), t.serial(), "粤示范他人企业", t.payeeName(), t.amountFen(), t.unrelatedFen());
    }

    private static PayVoucher undeclared(PayVoucher p) {
        return new PayVoucher(
                p.voucherId(),
                p.amountFen(),
                p.completedOn(),
                p.rating(),
                p.invoices(),
                p.transfers(),
                false,
                p.documents());
    }

    private static PayVoucher documented(PayVoucher p, Document document) {
        return new PayVoucher(
                p.voucherId(),
                p.amountFen(),
                p.completedOn(),
                p.rating(),
                p.invoices(),
                p.transfers(),
                true,
                List.of(document));
    }
}
