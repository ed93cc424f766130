package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.voucherledger.api.season.Plan.Fate;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.VoucherCommand.OrderClawback;
import org.voucherledger.domain.voucher.VoucherCommand.ProveRefund;
import org.voucherledger.domain.voucher.VoucherCommand.RecordRepayment;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.WaiveClawback;

/** The money: settlement, bounces, refunds that the provider owes, clawbacks (GZ-43, GZ-33, GZ-24, GZ-32). */
final class Settling {

    private final Scene scene;

    Settling(Scene scene) {
        this.scene = scene;
    }

    /** Settles what nobody holds up, when the notice is over; a day earlier is too early. */
    void plan(Claim claim, Instant when) {
        List<Holding> free =
                claim.items().stream().filter(h -> !Reviewing.isHeld(h)).toList();
        if (free.isEmpty()) {
            return;
        }
        scene.at(scene.now().plus(Reviewing.DAY), Deed.refused(Rule.GZ_42, Caller.OPERATOR, settlement(claim, free)));
        scene.at(
                scene.now().plus(Reviewing.DAY),
                Deed.refused(Rule.GZ_42, Caller.SYSTEM, new EndNotice(claim.id(), List.of(free.getFirst().voucherId))));
        scene.at(
                when,
                Deed.of(Caller.OPERATOR, settlement(claim, free)).then(() -> free.forEach(h -> settled(claim, h))));
    }

    void settle(Claim claim, Holding h, Instant when) {
        scene.at(when, Deed.of(Caller.OPERATOR, settlement(claim, List.of(h))).then(() -> settled(claim, h)));
    }

    SettleItems settlement(Claim claim, List<Holding> items) {
        return new SettleItems(claim.id(), items.stream().map(h -> h.voucherId).toList(), "GZ-BANK-" + claim.id());
    }

    private void settled(Claim claim, Holding h) {
        h.status = REDEEMED;
        boolean bounces = h.plan.fate() == Fate.BOUNCED || h.plan.fate() == Fate.OBJECTED_AND_BOUNCED;
        if (bounces && !h.bounced) {
            h.bounced = true;
            scene.at(
                    scene.in(2, 10),
                    Deed.of(
                                    Caller.OPERATOR,
                                    new BounceSettlement(
                                            claim.id(), h.voucherId, "GZ-BANK-" + claim.id(), "the account was closed"))
                            .then(() -> {
                                h.status = PUBLISHED;
                                settle(claim, h, scene.in(2, 10));
                            }));
            return;
        }
        afterwards(claim, h);
    }

    private void afterwards(Claim claim, Holding h) {
        if (h.turn % 7 == 0) {
            scene.at(scene.in(1, 12), Deed.refused(Rule.GZ_32, Caller.BUREAU, new RevokeForCause(h.voucherId, "late")));
            scene.at(scene.in(1, 12), Deed.refused(Rule.GZ_31, h.holder(), new ReturnVoucher(h.voucherId, "late")));
            scene.at(scene.in(1, 12), Deed.refused(Rule.GZ_42, Caller.OPERATOR, settlement(claim, List.of(h))));
        }
        if (h.papers.owedFen() > 0) {
            refund(h);
        }
        switch (h.plan.fate()) {
            case CLAWED_BACK -> clawBack(h, false);
            case CLAWBACK_WAIVED -> clawBack(h, true);
            default -> {}
        }
    }

    /** What the provider owes the enterprise is due now; most of them prove it in one or two parts, some never do. */
    private void refund(Holding h) {
        long owed = h.papers.owedFen();
        scene.at(scene.in(2, 10), Deed.refused(Rule.GZ_24, h.provider(), proof(h, owed + 1)));
        if (h.turn % 4 != 3) {
            long part = h.turn % 2 == 0 ? owed : Math.max(1, owed / 3);
            scene.at(scene.in(3, 10), Deed.of(h.provider(), proof(h, part)));
            if (part < owed) {
                scene.at(scene.in(4, 10), Deed.of(h.provider(), proof(h, owed - part)));
            }
        }
    }

    private static ProveRefund proof(Holding h, long fen) {
        return new ProveRefund(h.voucherId, fen, Desk.document("REFUND"));
    }

    private void clawBack(Holding h, boolean waived) {
        Debtor debtor = h.turn % 2 == 0 ? Debtor.PROVIDER : Debtor.ENTERPRISE;
        long fen = Math.max(2, h.approvedFen / 2);
        Instant first = scene.now().plus(Duration.ofDays(1));
        scene.at(
                first,
                Deed.refused(
                        Rule.GZ_32,
                        Caller.BUREAU,
                        new OrderClawback(h.voucherId, debtor, h.approvedFen + 1, "more than redeemed")));
        scene.at(
                first.plusSeconds(600),
                Deed.of(Caller.BUREAU, new OrderClawback(h.voucherId, debtor, fen, "a spot check")));
        scene.at(
                first.plusSeconds(1200),
                Deed.refused(
                        Rule.GZ_32,
                        Caller.OPERATOR,
                        new RecordRepayment(h.voucherId, debtor, fen + 1, "more than is due")));
        scene.at(
                first.plusSeconds(1200),
                Deed.refused(
                        Rule.GZ_33,
                        Caller.OPERATOR,
                        new BounceSettlement(h.claimId, h.voucherId, "GZ-BANK-LATE", "a clawback was ordered")));
        scene.at(
                first.plusSeconds(1800),
                Deed.of(Caller.OPERATOR, new RecordRepayment(h.voucherId, debtor, fen / 2, "TREASURY-" + h.turn)));
        scene.at(
                first.plusSeconds(2400),
                waived
                        ? Deed.of(
                                Caller.BUREAU,
                                new WaiveClawback(h.voucherId, debtor, fen - fen / 2, "the debtor is insolvent"))
                        : Deed.of(
                                Caller.OPERATOR,
                                new RecordRepayment(h.voucherId, debtor, fen - fen / 2, "TREASURY-" + h.turn)));
    }
}
