package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REJECTED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.voucherledger.api.season.Plan.Fate;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.rule.Rule;

/** What becomes of a claim: two reviews, publication, objections and the bureau's replies (GZ-41, GZ-42). */
final class Reviewing {

    private static final Duration NOTICE = Duration.ofDays(7);

    /** The notice counts days, so what must lie in it is not planned by working days: a holiday may be longer. */
    static final Duration DAY = Duration.ofDays(1);

    private final Scene scene;
    private final Settling settling;

    Reviewing(Scene scene, Settling settling) {
        this.scene = scene;
        this.settling = settling;
    }

    /** First review two working days after the claim, the final one four, publication five. */
    void plan(Claim claim) {
        Caller operator = claim.id().hashCode() % 2 == 0 ? Caller.OPERATOR : Caller.SECOND_OPERATOR;
        Holding h = claim.items().getFirst();
        scene.at(
                scene.in(1, 16),
                Deed.refused(
                        Rule.GZ_41, Caller.BUREAU, new ReviewFinally(claim.id(), reviews(claim, this::finallyFen))));
        scene.at(scene.in(1, 16), Deed.refused(Rule.GZ_42, operator, new PublishClaim(claim.id())));
        scene.at(scene.in(2, 9), Deed.refused(Rule.GZ_41, operator, new ReviewFirst(claim.id(), tooMuch(claim))));
        scene.at(scene.in(2, 9), Deed.refused(Rule.GZ_41, operator, new ReviewFirst(claim.id(), unreasoned(claim))));
        scene.at(scene.in(2, 9), Deed.refused(Rule.GZ_41, operator, new ReviewFirst(claim.id(), twice(claim))));
        scene.at(scene.in(2, 11), Deed.of(operator, new ReviewFirst(claim.id(), reviews(claim, this::firstFen))));
        scene.at(
                scene.in(3, 10),
                Deed.refused(Rule.GZ_40, h.provider(), new WithdrawClaim(claim.id(), "reviewed already")));
        Caller sameInTheBureau = Caller.staff(operator.id(), Role.BUREAU);
        scene.at(
                scene.in(3, 16),
                Deed.refused(
                        Rule.GZ_41, sameInTheBureau, new ReviewFinally(claim.id(), reviews(claim, this::finallyFen))));
        scene.at(
                scene.in(4, 16),
                Deed.of(Caller.BUREAU, new ReviewFinally(claim.id(), reviews(claim, this::finallyFen)))
                        .then(() -> claim.items().forEach(i -> i.status = i.approvedFen > 0 ? APPROVED : REJECTED)));
        scene.at(scene.in(5, 9), Deed.of(operator, new PublishClaim(claim.id())).then(() -> published(claim)));
    }

    private static List<ItemReview> reviews(Claim claim, ToLongFunction<Holding> approved) {
        return claim.items().stream()
                .map(h -> {
                    long fen = approved.applyAsLong(h);
                    h.approvedFen = fen;
                    return new ItemReview(
                            h.voucherId, fen, fen < h.papers.paidFen() ? "part of it is not eligible" : "");
                })
                .toList();
    }

    private static List<ItemReview> tooMuch(Claim claim) {
        return claim.items().stream()
                .map(h -> new ItemReview(h.voucherId, h.papers.paidFen() + 1, "more than claimed"))
                .toList();
    }

    private static List<ItemReview> unreasoned(Claim claim) {
        return claim.items().stream()
                .map(h -> new ItemReview(h.voucherId, 0, ""))
                .toList();
    }

    private static List<ItemReview> twice(Claim claim) {
        var first = new ItemReview(claim.items().getFirst().voucherId, 0, "named twice");
        return List.of(first, first);
    }

    private long firstFen(Holding h) {
        return h.fate() == Fate.LOWERED_AT_FIRST ? lowered(h) : h.papers.paidFen();
    }

    private long finallyFen(Holding h) {
        return switch (h.fate()) {
            case LOWERED_AT_FIRST, LOWERED_FINALLY, OBJECTION_RAISES -> lowered(h);
            case REJECTED_AND_CLAIMED_AGAIN, REJECTED_LATE -> 0;
            default -> h.papers.paidFen();
        };
    }

    private static long lowered(Holding h) {
        return Math.max(1, h.papers.paidFen() * 4 / 5);
    }

    private void published(Claim claim) {
        Instant settle = Calendar.workingDaysAfter(scene.now().plus(NOTICE), 1, 10);
        for (Holding h : claim.items()) {
            h.status = PUBLISHED;
            switch (h.fate()) {
                case OBJECTION_DISMISSED -> object(claim, h, ObjectionOutcome.DISMISSED, settle);
                case OBJECTION_LOWERS, OBJECTED_AND_BOUNCED -> object(claim, h, ObjectionOutcome.LOWERED, settle);
                case OBJECTION_REJECTS -> object(claim, h, ObjectionOutcome.REJECTED, settle);
                case OBJECTION_REVOKES -> object(claim, h, ObjectionOutcome.REVOKED, settle);
                case OBJECTION_RAISES -> object(claim, h, ObjectionOutcome.RAISED, settle);
                case REJECTED_AND_CLAIMED_AGAIN, REJECTED_LATE -> rejectionStands(claim, h, settle);
                default -> {}
            }
        }
        settling.plan(claim, settle);
        Holding any = claim.items().getFirst();
        scene.at(
                Calendar.at(settle, 9),
                Deed.refused(
                        Rule.GZ_42,
                        Caller.NEIGHBOUR,
                        new ObjectToItem(
                                claim.id(),
                                any.voucherId,
                                claim.id() + "-late",
                                ObjectionMatter.OTHER,
                                Desk.documents("OTHER"))));
    }

    /** The sweep ends the notice: claimed again while the window is open, revoked when it is shut (GZ-42). */
    private void rejectionStands(Claim claim, Holding h, Instant settle) {
        scene.at(
                scene.now().plus(DAY),
                Deed.refused(Rule.GZ_43, Caller.OPERATOR, settling.settlement(claim, List.of(h))));
        scene.agenda.at(settle.plus(Duration.ofHours(1)), () -> {
            h.fateMet = true;
            h.status = scene.now().isBefore(Calendar.REDEMPTION_UNTIL) ? ACCEPTED : REVOKED;
        });
    }

    private void object(Claim claim, Holding h, ObjectionOutcome outcome, Instant settle) {
        String objection = "O-" + h.voucherId;
        Caller by = outcome == ObjectionOutcome.RAISED ? h.provider() : Caller.NEIGHBOUR;
        scene.at(
                scene.now().plus(DAY),
                Deed.of(
                        by,
                        new ObjectToItem(
                                claim.id(), h.voucherId, objection, ObjectionMatter.OTHER, Desk.documents("OTHER"))));
        scene.at(
                scene.now().plus(DAY.multipliedBy(2)),
                Deed.refused(
                        Rule.GZ_42,
                        by,
                        new ObjectToItem(
                                claim.id(), h.voucherId, objection, ObjectionMatter.OTHER, Desk.documents("OTHER"))));
        // The notice is over, but the item is held until the bureau has replied.
        Instant reply = settle.plus(Duration.ofHours(2));
        scene.at(settle, Deed.refused(Rule.GZ_42, Caller.OPERATOR, settling.settlement(claim, List.of(h))));
        long paid = h.papers.paidFen();
        long fen = switch (outcome) {
            case LOWERED -> lowered(h);
            case RAISED -> paid;
            default -> 0;
        };
        if (outcome == ObjectionOutcome.LOWERED) {
            scene.at(
                    settle.plus(Duration.ofHours(1)),
                    Deed.refused(
                            Rule.GZ_42,
                            Caller.BUREAU,
                            new ReplyToObjection(claim.id(), objection, outcome, paid, "lowered to what it was")));
        }
        if (outcome == ObjectionOutcome.RAISED) {
            scene.at(
                    settle.plus(Duration.ofHours(1)),
                    Deed.refused(
                            Rule.GZ_42,
                            Caller.BUREAU,
                            new ReplyToObjection(claim.id(), objection, outcome, paid + 1, "more than claimed")));
        }
        scene.at(
                reply,
                Deed.of(Caller.BUREAU, new ReplyToObjection(claim.id(), objection, outcome, fen, "looked into"))
                        .then(() -> replied(claim, h, outcome, fen)));
    }

    private void replied(Claim claim, Holding h, ObjectionOutcome outcome, long fen) {
        h.fateMet = true;
        switch (outcome) {
            case DISMISSED -> settling.settle(claim, h, scene.in(1, 10));
            case LOWERED -> {
                h.approvedFen = fen;
                settling.settle(claim, h, scene.in(1, 10));
            }
            case RAISED -> {
                h.approvedFen = fen;
                scene.at(
                        scene.now().plus(DAY),
                        Deed.refused(Rule.GZ_42, Caller.OPERATOR, settling.settlement(claim, List.of(h))));
                settling.settle(claim, h, Calendar.workingDaysAfter(scene.now().plus(NOTICE), 1, 10));
            }
            case REJECTED ->
                scene.agenda.at(
                        scene.in(1, 12),
                        () -> h.status = scene.now().isBefore(Calendar.REDEMPTION_UNTIL) ? ACCEPTED : REVOKED);
            case REVOKED -> h.status = REVOKED;
        }
    }

    static boolean isHeld(Holding h) {
        return switch (h.fate()) {
            case OBJECTION_DISMISSED,
                    OBJECTION_LOWERS,
                    OBJECTED_AND_BOUNCED,
                    OBJECTION_REJECTS,
                    OBJECTION_REVOKES,
                    OBJECTION_RAISES,
                    REJECTED_AND_CLAIMED_AGAIN,
                    REJECTED_LATE -> true;
            default -> false;
        };
    }
}
