package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;

import java.time.Instant;
import org.voucherledger.api.season.Plan.Detour;
import org.voucherledger.api.season.Plan.End;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.DeclineOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

/** How holders choose a provider and order, and what the providers say to it (GZ-20, GZ-21). */
final class Ordering {

    private final Scene scene;
    private final Choosing choosing;
    private final Contracting contracting;
    private final Measures measures;
    private final Temptations temptations;

    Ordering(Scene scene, Choosing choosing, Contracting contracting, Measures measures) {
        this.measures = measures;
        this.scene = scene;
        this.choosing = choosing;
        this.contracting = contracting;
        this.temptations = new Temptations(OrderTrespasses.of(scene.city));
    }

    Temptations temptations() {
        return temptations;
    }

    /** What the holder makes of a voucher that has become usable. */
    void begin(Holding h) {
        if (Measures.isFrozenFirst(h)) {
            measures.freeze(h, this::order);
            return;
        }
        var published = Shanghai.dateOf(h.round.publishedAt());
        Instant day = Calendar.workingDayBetween(published.plusDays(1), published.plusDays(9), 13, h.day("order"));
        switch (h.plan.end()) {
            case IDLE -> missTheDeadline(h);
            case RETURNED_UNUSED -> scene.at(day, giveBack(h, "no longer needed"));
            default -> scene.agenda.at(day, () -> order(h));
        }
    }

    /** Every fifth of the idle wakes up at 00:00 of the day after the last one, which is too late (GZ-20, GZ-31). */
    private void missTheDeadline(Holding h) {
        if (h.turn % 5 == 0) {
            choosing.choose(h);
            scene.at(
                    h.round.orderBy(),
                    Deed.refused(
                            Rule.GZ_20,
                            h.holder(),
                            new OrderVoucher(h.voucherId, h.platform.code(), h.offer.productId(), h.faceFen, true)));
            scene.at(
                    h.round.orderBy(),
                    Deed.refused(Rule.GZ_31, h.holder(), new ReturnVoucher(h.voucherId, "too late")));
        }
    }

    /** Orders a second time, of the provider that has been chosen meanwhile. */
    void orderAnew(Holding h) {
        orderOf(h);
    }

    /** Orders now, of whomever the voucher's draw says. */
    void order(Holding h) {
        choosing.choose(h);
        orderOf(h);
    }

    private void orderOf(Holding h) {
        h.attempts++;
        boolean favourite = h.platform.part() == Platform.Part.FAVOURITE;
        h.expectedFen = h.plan.payment() == Plan.PaymentKind.MORE_THAN_EXPECTED && !favourite
                ? Math.max(1, h.faceFen * 4 / 5)
                : h.faceFen;
        Deed order = Deed.of(
                        h.holder(),
                        new OrderVoucher(h.voucherId, h.platform.code(), h.offer.productId(), h.expectedFen, true))
                .expecting(favourite ? Expected.doneUnless(Rule.GZ_21) : Expected.DONE)
                .inTurn(favourite ? "favourite" : "")
                .whatever(reply -> {
                    if (reply.isAccepted()) {
                        h.status = ORDERED;
                        ordered(h);
                    } else if (reply.isRefusedBy(Rule.GZ_21.id())) {
                        choosing.chooseAnother(h);
                        orderOf(h);
                    }
                });
        temptations.tempt(scene, h, order);
    }

    private void ordered(Holding h) {
        if (h.takes(Detour.DECLINED)) {
            h.detoured = true;
            scene.at(
                    scene.in(1, 15),
                    Deed.of(h.provider(), new DeclineOrder(h.voucherId, "no capacity"))
                            .then(() -> again(h)));
        } else if (h.takes(Detour.CANCELLED)) {
            h.detoured = true;
            scene.at(
                    scene.in(1, 15),
                    Deed.of(h.holder(), new CancelOrder(h.voucherId, "another provider suits better"))
                            .then(() -> again(h)));
        } else if (h.endsAs(End.RETURNED_ORDERED)) {
            scene.at(scene.in(2, 15), giveBack(h, "the project was given up"));
        } else if (h.endsAs(End.ORDER_LAPSES)) {
            confirm(h, () -> contracting.uploadTooLate(h));
        } else if (h.takes(Detour.CONTRACT_BEFORE_CONFIRMATION)) {
            h.detoured = true;
            contracting.upload(h, scene.in(1, 14));
        } else {
            confirm(
                    h,
                    () -> contracting.upload(h, scene.in(1 + h.day("contract").below(3), 14)));
        }
    }

    private void again(Holding h) {
        h.status = ISSUED;
        choosing.chooseAnother(h);
        scene.agenda.at(scene.in(1, 13), () -> orderOf(h));
    }

    private void confirm(Holding h, Runnable next) {
        scene.at(
                scene.in(1 + h.day("confirm").below(2), 15),
                Deed.of(h.provider(), new ConfirmOrder(h.voucherId)).then(() -> {
                    h.status = ORDER_CONFIRMED;
                    next.run();
                }));
    }

    /** Gives the voucher back; the quota is free again (GZ-31). */
    Deed giveBack(Holding h, String reason) {
        return Deed.of(h.holder(), new ReturnVoucher(h.voucherId, reason)).then(() -> {
            h.status = RETURNED;
            scene.commit(h.firm, -h.faceFen);
        });
    }
}
