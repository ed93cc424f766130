package org.voucherledger.domain.redemption;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.redemption.ClaimEvent.BankSlipsHandedIn;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimReviewed;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimSubmitted;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimWithdrawn;
import org.voucherledger.domain.redemption.ClaimEvent.ItemBounced;
import org.voucherledger.domain.redemption.ClaimEvent.ItemDropped;
import org.voucherledger.domain.redemption.ClaimEvent.ItemObjected;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPaidEarly;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPublishedAnew;
import org.voucherledger.domain.redemption.ClaimEvent.ItemsSettled;
import org.voucherledger.domain.redemption.ClaimEvent.NoticeEnded;
import org.voucherledger.domain.redemption.ClaimEvent.ObjectionAnswered;

/**
 * A claim at a moment.
 *
 * <p>Invariants: what is approved of an item never exceeds what is claimed (GZ-41); an item with an open objection neither
 * settles nor ends (GZ-42).
 *
 * @param submitted what it was born with; {@code null} before it exists
 * @param reviewers who reviewed it, in order; never the same person twice
 * @param bank what the bank did for it, with its slips
 */
public record ClaimState(
        ClaimSubmitted submitted,
        boolean withdrawn,
        ReviewStage reviewed,
        List<String> reviewers,
        boolean published,
        Map<String, Item> items,
        BankEntries bank)
        implements State<ClaimState, ClaimEvent> {

    public enum ItemStatus {
        OPEN,
        PUBLISHED,
        SETTLED,
        /** Rejected for good, or withdrawn with the claim. */
        RELEASED,
        /** Revoked while it stood in the claim. */
        DROPPED
    }

    /**
     * @param objections the open ones; while there is any, the item is held
     * @param settledUnder the reference under which the bank paid it; empty while it is not settled
     */
    public record Item(
            String voucherId,
            String enterpriseId,
            long claimedFen,
            long approvedFen,
            ItemStatus status,
            Instant noticeEndsAt,
            List<String> objections,
            String settledUnder) {

        public boolean isLive() {
            return status == ItemStatus.OPEN || status == ItemStatus.PUBLISHED;
        }

        private Item approved(long fen) {
            return new Item(voucherId, enterpriseId, claimedFen, fen, status, noticeEndsAt, objections, settledUnder);
        }

        private Item in(ItemStatus next) {
            return new Item(
                    voucherId, enterpriseId, claimedFen, approvedFen, next, noticeEndsAt, objections, settledUnder);
        }

        /** What had been approved is what is claimed from now on (GZ-33). */
        private Item bounced() {
            return new Item(
                    voucherId,
                    enterpriseId,
                    approvedFen,
                    approvedFen,
                    ItemStatus.PUBLISHED,
                    noticeEndsAt,
                    objections,
                    "");
        }

        private Item settled(String bankReference) {
            return new Item(
                    voucherId,
                    enterpriseId,
                    claimedFen,
                    approvedFen,
                    ItemStatus.SETTLED,
                    noticeEndsAt,
                    objections,
                    bankReference);
        }

        private Item publishedUntil(Instant end) {
            return new Item(
                    voucherId,
                    enterpriseId,
                    claimedFen,
                    approvedFen,
                    ItemStatus.PUBLISHED,
                    end,
                    objections,
                    settledUnder);
        }

        private Item objected(String objectionId) {
            var open = new ArrayList<>(objections);
            open.add(objectionId);
            return heldBy(open);
        }

        private Item answered(String objectionId) {
            var open = new ArrayList<>(objections);
            open.remove(objectionId);
            return heldBy(open);
        }

        private Item heldBy(List<String> open) {
            return new Item(
                    voucherId,
                    enterpriseId,
                    claimedFen,
                    approvedFen,
                    status,
                    noticeEndsAt,
                    List.copyOf(open),
                    settledUnder);
        }
    }

    public static final ClaimState EMPTY =
            new ClaimState(null, false, null, List.of(), false, Map.of(), BankEntries.NONE);

    @Override
    public boolean exists() {
        return submitted != null;
    }

    @Override
    public String schemeVersion() {
        return exists() ? submitted.schemeId() + "@" + submitted.schemeVersion() : "";
    }

    public Item item(String voucherId) {
        return items.get(voucherId);
    }

    /** The item an open objection is about, or {@code null}. */
    public Item objectedBy(String objectionId) {
        return items.values().stream()
                .filter(item -> item.objections().contains(objectionId))
                .findFirst()
                .orElse(null);
    }

    /** Whether an item stands settled under this reference. */
    public boolean pays(String bankReference) {
        return items.values().stream()
                .anyMatch(item -> item.status() == ItemStatus.SETTLED
                        && BankEntries.isSameReference(item.settledUnder(), bankReference));
    }

    public List<Item> live() {
        return items.values().stream().filter(Item::isLive).toList();
    }

    @Override
    public ClaimState evolve(ClaimEvent event) {
        return switch (event) {
            case ClaimSubmitted e -> {
                var next = new LinkedHashMap<String, Item>();
                e.items()
                        .forEach(i -> next.put(
                                i.voucherId(),
                                new Item(
                                        i.voucherId(),
                                        i.enterpriseId(),
                                        i.claimedFen(),
                                        i.claimedFen(),
                                        ItemStatus.OPEN,
                                        null,
                                        List.of(),
                                        "")));
                yield new ClaimState(e, false, null, List.of(), false, next, bank);
            }
            case ClaimWithdrawn e ->
                new ClaimState(
                        submitted,
                        true,
                        reviewed,
                        reviewers,
                        published,
                        changed(live().stream().map(Item::voucherId).toList(), item -> item.in(ItemStatus.RELEASED)),
                        bank);
            case ClaimReviewed e -> {
                var by = new ArrayList<>(reviewers);
                by.add(e.reviewer());
                var next = new LinkedHashMap<>(items);
                e.items()
                        .forEach(r ->
                                next.computeIfPresent(r.voucherId(), (id, item) -> item.approved(r.approvedFen())));
                yield new ClaimState(submitted, withdrawn, e.stage(), List.copyOf(by), published, next, bank);
            }
            case ClaimPublished e ->
                new ClaimState(
                        submitted,
                        withdrawn,
                        reviewed,
                        reviewers,
                        true,
                        changed(e.voucherIds(), item -> item.publishedUntil(e.noticeEndsAt())),
                        bank);
            case ItemObjected e -> items(changed(List.of(e.voucherId()), item -> item.objected(e.objectionId())));
            case ObjectionAnswered e ->
                items(changed(List.of(e.voucherId()), item -> {
                    Item answered = item.answered(e.objectionId()).approved(e.approvedFen());
                    return e.outcome() == ObjectionOutcome.RAISED
                            ? answered.publishedUntil(e.noticeEndsAt())
                            : answered;
                }));
            // The objection's answer has said the same of the item.
            case ItemPublishedAnew e -> this;
            // A fact about the payment, which the settlement itself records.
            case ItemPaidEarly e -> this;
            case ItemsSettled e ->
                items(changed(e.voucherIds(), item -> item.settled(e.bankReference())))
                        .bank((pays(e.bankReference()) ? bank : bank.withoutPayment(e.bankReference()))
                                .with(BankMovement.PAID, e.bankReference(), e.documents()));
            case NoticeEnded e -> items(changed(e.voucherIds(), item -> item.in(ItemStatus.RELEASED)));
            case ItemBounced e ->
                items(changed(List.of(e.voucherId()), Item::bounced))
                        .bank(bank.with(BankMovement.CAME_BACK, e.bankReference(), e.documents()));
            case BankSlipsHandedIn e -> bank(bank.with(e.movement(), e.bankReference(), e.documents()));
            case ItemDropped e -> items(changed(List.of(e.voucherId()), item -> item.in(ItemStatus.DROPPED)));
        };
    }

    private ClaimState items(Map<String, Item> next) {
        return new ClaimState(submitted, withdrawn, reviewed, reviewers, published, next, bank);
    }

    private ClaimState bank(BankEntries next) {
        return new ClaimState(submitted, withdrawn, reviewed, reviewers, published, items, next);
    }

    private Map<String, Item> changed(List<String> voucherIds, UnaryOperator<Item> change) {
        var next = new LinkedHashMap<>(items);
        voucherIds.forEach(id -> next.computeIfPresent(id, (key, item) -> change.apply(item)));
        return next;
    }
}
