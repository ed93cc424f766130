package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.rule.Rule.GZ_42;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimEvent.Listed;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.PublicList;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.VoucherEvent.ItemPublished;

/** A claim with what its steps have in common. */
final class ClaimDossier {

    private final Ledger ledger;
    private final Live<ClaimState, ClaimEvent> claim;

    private ClaimDossier(Ledger ledger, Live<ClaimState, ClaimEvent> claim) {
        this.ledger = ledger;
        this.claim = claim;
    }

    /** Refuses an unknown claim. */
    static ClaimDossier of(Ledger ledger, String claimId) {
        var claim = ledger.claim(claimId);
        Checks.inOrder(() ->
                GZ_40.finds(ACTOR, "ClaimUnknown", claim.now().exists(), "a submitted claim", "unknown", claimId));
        return new ClaimDossier(ledger, claim);
    }

    ClaimState claim() {
        return claim.now();
    }

    String providerId() {
        return claim().submitted().providerId();
    }

    SchemeTerms terms() {
        var submitted = claim().submitted();
        return ledger.scheme(submitted.schemeId()).now().terms(submitted.schemeVersion());
    }

    VoucherDossier voucher(Item item) {
        return VoucherDossier.of(ledger, item.voucherId());
    }

    /** The one after which the items' amounts stand (GZ-41). */
    ReviewStage lastReview() {
        return terms().redemption().reviews().getLast();
    }

    /**
     * Every live item may be objected to until then (GZ-42).
     *
     * @param stamp of the publication, whose day's names the list bears (GZ-09)
     */
    void publish(Instant noticeEndsAt, Stamp stamp) {
        LocalDate day = stamp.date();
        String claimId = claim().submitted().claimId();
        List<Listed> list =
                claim().live().stream().map(item -> listed(item, day)).toList();
        for (Item item : claim().live()) {
            var voucher = voucher(item);
            voucher.record(new ItemPublished(item.voucherId(), voucher.batchId(), claimId, noticeEndsAt));
            if (item.approvedFen() > 0) {
                voucher.turn().await(noticeEndsAt, stamp);
            }
        }
        record(PublicList.publication(claimId, noticeEndsAt, providerId(), providerName(day), list));
    }

    /** Publishes the item as it is now, after its amount was raised (GZ-42). */
    void publishAnew(String voucherId, String objectionId, Instant noticeEndsAt, LocalDate day) {
        record(PublicList.anew(
                claim().submitted().claimId(),
                objectionId,
                noticeEndsAt,
                providerId(),
                providerName(day),
                listed(claim().item(voucherId), day)));
    }

    private String providerName(LocalDate day) {
        return ledger.provider(providerId()).now().names().at(day);
    }

    /** A person who holds a voucher is not named (ALL-05). */
    private Listed listed(Item item, LocalDate day) {
        String name = item.enterpriseId().isEmpty()
                ? ""
                : ledger.enterprise(item.enterpriseId()).now().names().at(day);
        return new Listed(item.voucherId(), item.enterpriseId(), name, item.claimedFen(), item.approvedFen());
    }

    void record(ClaimEvent event) {
        claim.record(event);
    }

    Decision isNotWithdrawn() {
        return GZ_40.finds(
                STATE,
                "ClaimWithdrawn",
                !claim().withdrawn(),
                "a live claim",
                "withdrawn",
                claim().submitted().claimId());
    }

    /** GZ-40: each of these vouchers is an item of the claim; the first that is not refuses. */
    Decision hasItems(List<String> voucherIds) {
        return voucherIds.stream()
                .filter(id -> claim().item(id) == null)
                .findFirst()
                .map(id -> GZ_40.holds(STATE, "NotAnItem", false, "an item of the claim", "not an item", id))
                .orElse(null);
    }

    List<Item> items(List<String> voucherIds) {
        return voucherIds.stream().distinct().map(id -> claim().item(id)).toList();
    }

    /** GZ-32: no step but the bureau's goes forward with a frozen item. */
    Decision areNotFrozen(List<Item> items) {
        return Checks.first(items.stream().map(item -> voucher(item).isNotFrozen()));
    }

    /** GZ-42: the items are published and nobody's objection is open. */
    Decision arePublishedAndFree(List<Item> items) {
        return Checks.first(items.stream()
                .flatMap(item -> Stream.of(
                        GZ_42.holds(
                                STATE,
                                "ItemNotPublished",
                                item.status() == ClaimState.ItemStatus.PUBLISHED,
                                "PUBLISHED",
                                item.status().name(),
                                item.voucherId()),
                        GZ_42.holds(
                                STATE,
                                "ObjectionOpen",
                                item.objections().isEmpty(),
                                "no open objection",
                                item.objections().toString(),
                                item.voucherId()))));
    }
}
