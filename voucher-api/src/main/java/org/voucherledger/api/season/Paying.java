package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;

import java.time.Instant;
import java.util.List;
import org.voucherledger.api.season.Plan.Detour;
import org.voucherledger.api.season.Plan.End;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.CorrectPaymentDocuments;
import org.voucherledger.domain.voucher.VoucherCommand.DenyPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPayment;

/** Payments: paid, sent back, undone, corrected late, accepted (GZ-24, GZ-28, GZ-29, GZ-33). */
final class Paying {

    static final String[] DOCUMENTS = {"INVOICE", "BANK_TRANSFER"};

    private final Scene scene;
    private final Temptations temptations;
    private final Temptations afterwards;

    Paying(Scene scene) {
        this.scene = scene;
        this.temptations = new Temptations(PaymentTrespasses.of(scene));
        this.afterwards = new Temptations(PaymentTrespasses.afterwards(scene));
    }

    List<Temptations> temptations() {
        return List.of(temptations, afterwards);
    }

    /** Its contract is uploaded and in force, so its item is taken (GZ-26). */
    static boolean isContracted(Holding h) {
        return h.status.compareTo(CONTRACT_UPLOADED) >= 0 && h.status.compareTo(REDEEMED) <= 0;
    }

    void payOn(Holding h, Instant when) {
        scene.agenda.at(when, () -> {
            h.payAt = when;
            switch (h.platform.part()) {
                case EXPIRING -> payDespite(h, Rule.GZ_04, Calendar.at("2020-10-13", "14:00"));
                case FROZEN -> payDespite(h, Rule.GZ_32, Calendar.at("2020-09-16", "14:00"));
                case DISQUALIFIED -> {
                    // Half of its custom has been paid when it is disqualified, the other half has not.
                    if (h.turn % 24 < 12) {
                        pay(h);
                    }
                }
                default -> pay(h);
            }
        });
    }

    /** Tries although the provider may not take it just now, and again when it may. */
    private void payDespite(Holding h, Rule rule, Instant later) {
        if (scene.now().isBefore(later)) {
            h.papers = Desk.payment(h);
            scene.next(Deed.refused(rule, h.holder(), paying(h, h.papers)));
            payOn(h, later);
        } else {
            pay(h);
        }
    }

    private void pay(Holding h) {
        h.attempts++;
        h.papers = Desk.payment(h);
        temptations.tempt(scene, h, Deed.of(h.holder(), paying(h, h.papers)).then(() -> {
            h.status = PAID;
            paid(h);
        }));
    }

    static PayVoucher paying(Holding h, Papers papers) {
        return new PayVoucher(
                h.voucherId,
                papers.paidFen(),
                papers.completedOn(),
                1 + h.day("rating").below(5),
                papers.invoices(),
                papers.transfers(),
                true,
                Desk.documents(DOCUMENTS));
    }

    private void paid(Holding h) {
        if (h.takes(Detour.PAYMENT_SENT_BACK)) {
            h.detoured = true;
            scene.at(
                    scene.in(2, 15),
                    Deed.of(h.provider(), new SendPaymentBack(h.voucherId, "an invoice is illegible"))
                            .then(() -> unpaid(h)));
        } else if (h.takes(Detour.UNDONE_WHEN_PAID)) {
            undo(h);
        } else if (h.takes(Detour.CORRECTED_LATE)) {
            h.detoured = true;
            correctLate(h);
        } else if (!h.endsAs(End.PAID_ONLY)) {
            acceptOn(h, scene.in(1 + h.day("accept").below(6), 15));
        }
    }

    private void unpaid(Holding h) {
        h.undoing = false;
        h.status = CONTRACT_CONFIRMED;
        payOn(h, scene.in(3, 14));
    }

    private void undo(Holding h) {
        h.detoured = true;
        h.undoing = true;
        scene.next(Deed.refused(Rule.GZ_29, Caller.OPERATOR, new UndoPayment(h.voucherId, "nobody asked for it")));
        scene.at(
                scene.in(1, 10),
                Deed.of(h.provider(), new RequestPaymentUndo(h.voucherId, "the wrong contract was settled")));
        scene.at(
                scene.in(3, 9),
                Deed.of(Caller.OPERATOR, new UndoPayment(h.voucherId, "granted"))
                        .then(() -> unpaid(h)));
    }

    /** GZ-33: after the voucher has expired it can no longer be sent back, but its papers can be corrected. */
    private void correctLate(Holding h) {
        Instant expired = Calendar.at("2020-12-01", "10:00");
        scene.at(
                expired, Deed.refused(Rule.GZ_33, h.provider(), new SendPaymentBack(h.voucherId, "a page is missing")));
        scene.agenda.at(Calendar.at("2020-12-03", "14:00"), () -> {
            h.attempts++;
            Papers corrected = Desk.payment(h);
            scene.next(Deed.of(
                            h.holder(),
                            new CorrectPaymentDocuments(
                                    h.voucherId,
                                    corrected.completedOn(),
                                    corrected.invoices(),
                                    corrected.transfers(),
                                    Desk.documents(DOCUMENTS),
                                    "a page was missing"))
                    .then(() -> acceptOn(h, scene.in(1, 15))));
        });
    }

    private void acceptOn(Holding h, Instant when) {
        Deed accept = Deed.of(h.provider(), new AcceptVoucher(h.voucherId)).then(() -> {
            h.status = ACCEPTED;
            accepted(h);
        });
        scene.agenda.at(when, () -> afterwards.tempt(scene, h, accept));
    }

    private void accepted(Holding h) {
        if (h.turn % 9 == 0) {
            scene.next(Deed.refused(Rule.GZ_25, Caller.SYSTEM, new LapseRemainder(h.voucherId)));
        }
        if (h.takes(Detour.UNDONE_WHEN_ACCEPTED)) {
            undo(h);
        } else if (h.takes(Detour.UNDO_DENIED)) {
            h.detoured = true;
            h.undoing = true;
            scene.at(
                    scene.in(1, 10),
                    Deed.of(h.provider(), new RequestPaymentUndo(h.voucherId, "we should like to settle it later")));
            scene.at(
                    scene.in(2, 9),
                    Deed.of(Caller.OPERATOR, new DenyPaymentUndo(h.voucherId, "no reason given"))
                            .then(() -> h.undoing = false));
        }
    }
}
