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
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
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

/** The reviews of a claim, each by another person, item by item (GZ-41); the panel's by who is in the register of experts (SV-01). */
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

    /** The bureau's word: the one step of a claim that a freeze does not stop (GZ-32). */
    @CommandHandler
    public void handle(ReviewFinally review, Stamp stamp) {
        review(ClaimDossier.of(ledger, review.claimId()), ReviewStage.FINAL, review.items(), stamp);
    }

    /** The operator's figures against the merchant's takings; nothing else is looked at and nothing published (CV-01). */
    @CommandHandler
    public void handle(ReconcileClaim reconcile, Stamp stamp) {
        review(ClaimDossier.of(ledger, reconcile.claimId()), ReviewStage.RECONCILIATION, reconcile.items(), stamp);
    }

    private void review(ClaimDossier dossier, ReviewStage stage, List<ItemReview> items, Stamp stamp) {
        String reviewer = stamp.actor().id();
        Checks.inOrder(
                () -> stage == ReviewStage.EXPERT
                        ? ledger.expert(reviewer).now().mayReview(reviewer)
                        : null,
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
        if (stage == dossier.lastReview()) {
            tellTheVouchers(dossier, items);
            if (dossier.terms().redemption().noticeDays() == 0) {
                dossier.publish(stamp.receivedAt(), stamp);
            }
        }
    }

    /** The last review is the one that the vouchers hear. */
    private static void tellTheVouchers(ClaimDossier dossier, List<ItemReview> items) {
        String claimId = dossier.claim().submitted().claimId();
        for (ItemReview item : items) {
            var voucher = dossier.voucher(dossier.claim().item(item.voucherId()));
            voucher.record(
                    item.approvedFen() > 0
                            ? new ItemApproved(
                                    item.voucherId(), voucher.batchId(), claimId, item.approvedFen(), item.reason())
                            : new ItemRejected(item.voucherId(), voucher.batchId(), claimId, item.reason()));
        }
    }

    /** GZ-41: the reviews that the scheme names, in its order. */
    private static Decision isNext(ClaimDossier dossier, ReviewStage stage) {
        List<ReviewStage> reviews = dossier.terms().redemption().reviews();
        ReviewStage reached = dossier.claim().reviewed();
        int place = reached == null ? 0 : reviews.indexOf(reached) + 1;
        ReviewStage next = place < reviews.size() ? reviews.get(place) : null;
        return GZ_41.holds(
                STATE, "NotTheNextReview", stage == next, String.valueOf(next), String.valueOf(reached), stage.name());
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
        return Checks.first(items.stream()
                .map(review -> GZ_41.atMost(
                        AMOUNTS,
                        "MoreThanClaimed",
                        Fen.of(dossier.claim().item(review.voucherId()).claimedFen()),
                        Fen.of(review.approvedFen()))));
    }
}
