package org.voucherledger.domain.redemption;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;

/** What has happened to a claim. The money moves in its vouchers' own events. Amounts in fen. */
public sealed interface ClaimEvent extends DomainEvent {

    String claimId();

    @Override
    default String streamId() {
        return "claim:" + claimId();
    }

    record Item(String voucherId, String enterpriseId, long claimedFen) {}

    /** The claimant is the provider, or the enterprise where the scheme says so (CL-08). */
    @Revision("1")
    record ClaimSubmitted(
            String claimId,
            String batchId,
            String schemeId,
            int schemeVersion,
            String claimantId,
            String providerId,
            List<Item> items,
            List<Document> documents)
            implements ClaimEvent {}

    @Revision("1")
    record ClaimWithdrawn(String claimId, String reason) implements ClaimEvent {}

    /** One stage's word on every live item; {@code reviewer} never reviews the same claim again. */
    @Revision("1")
    record ClaimReviewed(String claimId, ReviewStage stage, String reviewer, List<ItemReview> items)
            implements ClaimEvent {}

    /** One line of the public list, with the name that the enterprise bore on that day; nothing approved is a rejection. */
    record Listed(String voucherId, String enterpriseId, String enterpriseName, long claimedFen, long approvedFen) {}

    /** {@code listSha256} is that of {@link PublicList#csv(ClaimPublished)}, which anyone can make again from the rest (GZ-42). */
    @Revision("1")
    record ClaimPublished(
            String claimId,
            List<String> voucherIds,
            Instant noticeEndsAt,
            String providerId,
            String providerName,
            List<Listed> list,
            String listSha256)
            implements ClaimEvent {}

    @Revision("1")
    record ItemObjected(
            String claimId, String voucherId, String objectionId, ObjectionMatter matter, List<Document> documents)
            implements ClaimEvent {}

    /** {@code noticeEndsAt} is the item's, new where the amount was raised and is published anew. */
    @Revision("1")
    record ObjectionAnswered(
            String claimId,
            String voucherId,
            String objectionId,
            ObjectionOutcome outcome,
            long approvedFen,
            Instant noticeEndsAt,
            String reason)
            implements ClaimEvent {}

    /**
     * The amount of an item was raised after an objection: its new line is shown to everybody in a list of its own, whose hash
     * {@code listSha256} is that of {@link PublicList#csv(ItemPublishedAnew)} (GZ-42).
     */
    @Revision("1")
    record ItemPublishedAnew(
            String claimId,
            String objectionId,
            Instant noticeEndsAt,
            String providerId,
            String providerName,
            Listed item,
            String listSha256)
            implements ClaimEvent {}

    /** {@code documents} are the bank's slips. */
    @Revision("1")
    record ItemsSettled(
            String claimId, List<String> voucherIds, String bankReference, LocalDate paidOn, List<Document> documents)
            implements ClaimEvent {}

    /**
     * The bank had paid the item before it could be: its notice ran, or something held it. What was paid stays paid.
     *
     * @param payableFrom when it could first be paid
     */
    @Revision("1")
    record ItemPaidEarly(String claimId, String voucherId, Instant payableFrom, LocalDate paidOn, String reason)
            implements ClaimEvent {}

    /** Rejections have taken effect. */
    @Revision("1")
    record NoticeEnded(String claimId, List<String> voucherIds) implements ClaimEvent {}

    /** {@code documents} are the bank's slips. */
    @Revision("1")
    record ItemBounced(String claimId, String voucherId, String bankReference, String reason, List<Document> documents)
            implements ClaimEvent {}

    /** Slips of what the bank had done before; nothing else changes. */
    @Revision("1")
    record BankSlipsHandedIn(String claimId, BankMovement movement, String bankReference, List<Document> documents)
            implements ClaimEvent {}

    /** The voucher was revoked for cause while it stood in the claim. */
    @Revision("1")
    record ItemDropped(String claimId, String voucherId, String reason) implements ClaimEvent {}
}
