package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_41;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimReviewed;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.voucher.VoucherEvent.ItemApproved;
import org.voucherledger.domain.voucher.VoucherEvent.ItemRejected;

/** The reviews of a claim, each by another person, item by item (GZ-41). */
public final class ReviewingHandler {

    private final Ledger ledger;

    public ReviewingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(ReviewFirst review, Stamp stamp) {
        review(ClaimDossier.of(ledger, review.claimId()), ReviewStage.FIRST, review.items(), stamp);
    }

    @CommandHandler
    public void handle(ReviewAsExpert review, Stamp stamp) {
        review(ClaimDossier.of(ledger, review.claimId()), ReviewStage.EXPERT, review.items(), stamp);
    }

    /** The bureau's word is final; it is the one the vouchers hear, and the one step that a freeze does not stop (GZ-32). */
    @CommandHandler
    public void handle(ReviewFinally review, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, review.claimId());
        review(dossier, ReviewStage.FINAL, review.items(), stamp);
        for (ItemReview item : review.items()) {
            var voucher = dossier.voucher(dossier.claim().item(item.voucherId()));
            voucher.record(
                    item.approvedFen() > 0
                            ? new ItemApproved(
                                    item.voucherId(),
                                    voucher.batchId(),
                                    review.claimId(),
                                    item.approvedFen(),
                                    item.reason())
                            : new ItemRejected(item.voucherId(), voucher.batchId(), review.claimId(), item.reason()));
        }
    }

    private void review(ClaimDossier dossier, ReviewStage stage, List<ItemReview> items, Stamp stamp) {
        String reviewer = stamp.actor().id();
        Checks.inOrder(
                () -> GZ_41.holds(
                        ACTOR,
                        "SameReviewer",
                        !dossier.claim().reviewers().contains(reviewer),
                        "another person",
                        dossier.claim().reviewers().toString(),
                        reviewer),
                dossier::isNotWithdrawn,
                () -> isNext(dossier, stage),
                () -> stage == ReviewStage.FINAL
                        ? null
                        : dossier.areNotFrozen(dossier.claim().live()),
                () -> coversEachItem(dossier, items),
                () -> givesReasons(dossier, items),
                () -> staysWithinClaim(dossier, items));
        dossier.record(new ClaimReviewed(dossier.claim().submitted().claimId(), stage, reviewer, items));
    }

    /** GZ-41: the operator first, the expert panel where the scheme has one, the bureau finally. */
    private static Decision isNext(ClaimDossier dossier, ReviewStage stage) {
        boolean experts = dossier.terms().redemption().expertPanel();
        ReviewStage reached = dossier.claim().reviewed();
        ReviewStage expected = switch (stage) {
            case FIRST -> null;
            case EXPERT -> ReviewStage.FIRST;
            case FINAL -> experts ? ReviewStage.EXPERT : ReviewStage.FIRST;
        };
        boolean next = reached == expected && (stage != ReviewStage.EXPERT || experts);
        return GZ_41.holds(
                STATE, "NotTheNextReview", next, "reviewed so far: " + expected, String.valueOf(reached), stage.name());
    }

    private static Decision coversEachItem(ClaimDossier dossier, List<ItemReview> items) {
        Set<String> live = dossier.claim().live().stream().map(Item::voucherId).collect(Collectors.toSet());
        List<String> named = items.stream().map(ItemReview::voucherId).toList();
        boolean covers = named.size() == live.size()
                && live.containsAll(named)
                && Set.copyOf(named).size() == named.size();
        return GZ_41.holds(DOCUMENTS, "NotEachItemOnce", covers, live.toString(), named.toString(), named.toString());
    }

    private static Decision givesReasons(ClaimDossier dossier, List<ItemReview> items) {
        return items.stream()
                .filter(review -> review.approvedFen()
                                < dossier.claim().item(review.voucherId()).claimedFen()
                        && review.reason().isEmpty())
                .findFirst()
                .map(review -> GZ_41.holds(
                        DOCUMENTS,
                        "ReasonMissing",
                        false,
                        "a reason for less than claimed",
                        "none",
                        review.voucherId()))
                .orElse(null);
    }

    /** GZ-41: A ≤ V. */
    private static Decision staysWithinClaim(ClaimDossier dossier, List<ItemReview> items) {
        return items.stream()
                .map(review -> GZ_41.atMost(
                        AMOUNTS,
                        "MoreThanClaimed",
                        Fen.of(dossier.claim().item(review.voucherId()).claimedFen()),
                        Fen.of(review.approvedFen())))
                .filter(decision -> !decision.allowed())
                .findFirst()
                .orElse(null);
    }
}
