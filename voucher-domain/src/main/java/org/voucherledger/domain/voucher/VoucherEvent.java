package org.voucherledger.domain.voucher;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.ServiceType;

/**
 * The life of one voucher. Reading this stream alone is the auditor's replay, so every event that moves money carries the
 * amounts it moves, in fen, and each balance of the voucher is a sum over its own events.
 */
public sealed interface VoucherEvent extends DomainEvent {

    String voucherId();

    String batchId();

    @Override
    default String streamId() {
        return "voucher:" + voucherId();
    }

    /** Posts available → held, the face amount; the share is the most of a settled amount that it pays (GZ-24). */
    @Revision("1")
    record VoucherIssued(
            String voucherId,
            String batchId,
            String schemeId,
            int schemeVersion,
            String applicationId,
            String enterpriseId,
            int quotaYear,
            Integer shareBasisPoints,
            long faceFen,
            Instant issuedAt,
            boolean backfilled)
            implements VoucherEvent {}

    /** A holder took it out of a cycle (CV-01); the threshold is the least purchase it may be used for. Posts available → held. */
    @Revision("1")
    record VoucherTaken(
            String voucherId,
            String batchId,
            String schemeId,
            int schemeVersion,
            String holderRef,
            String category,
            long faceFen,
            long thresholdFen,
            Instant takenAt)
            implements VoucherEvent {}

    /** Used for a purchase at a listed merchant (CV-01). Posts held → accepted, the face amount. */
    @Revision("1")
    record VoucherUsed(
            String voucherId,
            String batchId,
            String providerId,
            String purchaseReference,
            long purchaseFen,
            long faceFen)
            implements VoucherEvent {}

    /** The purchase was undone before anybody claimed it (CV-01). Posts accepted → held, the face amount. */
    @Revision("1")
    record PurchaseUndone(String voucherId, String batchId, long faceFen, String reason) implements VoucherEvent {}

    /**
     * Posts available → held, the face amount: an application with its contract was received and stands in the order of
     * vetting (CL-03). The share is the most of the contract's related amount that the voucher pays (CL-06).
     */
    @Revision("1")
    record VoucherReserved(
            String voucherId,
            String batchId,
            String schemeId,
            int schemeVersion,
            String applicationId,
            String enterpriseId,
            String providerId,
            String productId,
            int productVersion,
            long position,
            int tier,
            int quotaYear,
            int shareBasisPoints,
            long faceFen,
            Contract contract,
            List<Document> documents,
            Instant receivedAt)
            implements VoucherEvent {}

    /** Vetted and approved: the voucher may be claimed. Posts nothing, because its money is held already. */
    @Revision("1")
    record VoucherAdmitted(String voucherId, String batchId, Instant admittedAt) implements VoucherEvent {}

    /** Posts held → available, the face amount: rejected when vetted, or withdrawn before. */
    @Revision("1")
    record ReservationReleased(String voucherId, String batchId, long faceFen, boolean withdrawn, String reason)
            implements VoucherEvent {}

    /** Posts held → claimed what the papers prove, held → back the rest. The number is its place in the order of claim. */
    @Revision("1")
    record VoucherClaimed(
            String voucherId,
            String batchId,
            String claimId,
            long number,
            long claimedFen,
            long backFen,
            BackAccount to,
            LocalDate acceptedOn,
            List<Invoice> invoices,
            List<Transfer> transfers)
            implements VoucherEvent {}

    /** Posts claimed → held: the claim was withdrawn, or the item rejected while the window is open. */
    @Revision("1")
    record VoucherClaimUndone(String voucherId, String batchId, String claimId, long claimedFen)
            implements VoucherEvent {}

    /** Posts held → ordered, the face amount. */
    @Revision("1")
    record VoucherOrdered(
            String voucherId,
            String batchId,
            String providerId,
            String productId,
            int productVersion,
            ServiceType serviceType,
            long expectedFen,
            long faceFen)
            implements VoucherEvent {}

    @Revision("1")
    record OrderConfirmed(String voucherId, String batchId) implements VoucherEvent {}

    /** Posts ordered → held, the face amount. */
    @Revision("1")
    record OrderDeclined(String voucherId, String batchId, long faceFen, String reason) implements VoucherEvent {}

    /** Posts ordered → held, the face amount. */
    @Revision("1")
    record OrderCancelled(String voucherId, String batchId, long faceFen, String reason) implements VoucherEvent {}

    @Revision("1")
    record ContractUploaded(String voucherId, String batchId, Contract contract, List<Document> documents)
            implements VoucherEvent {}

    /** Confirms the order as well where that was still open (GZ-20). */
    @Revision("1")
    record ContractConfirmed(String voucherId, String batchId) implements VoucherEvent {}

    @Revision("1")
    record ContractSentBack(String voucherId, String batchId, String reason) implements VoucherEvent {}

    /** Posts ordered → paid what is paid, ordered → held what is left. {@code owedFen} is owed by the provider (a memo). */
    @Revision("1")
    record VoucherPaid(
            String voucherId,
            String batchId,
            long paidFen,
            long leftFen,
            long owedFen,
            LocalDate completedOn,
            int rating,
            List<Invoice> invoices,
            List<Transfer> transfers,
            List<Document> documents)
            implements VoucherEvent {}

    /** The papers were corrected; no money moves but the memo of what is owed may change. */
    @Revision("1")
    record PaymentDocumentsCorrected(
            String voucherId,
            String batchId,
            long owedFen,
            LocalDate completedOn,
            List<Invoice> invoices,
            List<Transfer> transfers,
            List<Document> documents,
            String reason)
            implements VoucherEvent {}

    /** Posts paid → accepted. */
    @Revision("1")
    record VoucherAccepted(String voucherId, String batchId, long paidFen) implements VoucherEvent {}

    /** Posts paid → ordered what was paid, held → ordered what was left. */
    @Revision("1")
    record PaymentSentBack(String voucherId, String batchId, long paidFen, long leftFen, String reason)
            implements VoucherEvent {}

    @Revision("1")
    record PaymentUndoRequested(String voucherId, String batchId, String reason) implements VoucherEvent {}

    @Revision("1")
    record PaymentUndoDenied(String voucherId, String batchId, String reason) implements VoucherEvent {}

    /** Posts paid or accepted → ordered what was paid, held → ordered what was left. */
    @Revision("1")
    record PaymentUndone(
            String voucherId, String batchId, boolean wasAccepted, long paidFen, long leftFen, String reason)
            implements VoucherEvent {}

    /** Posts held → back. */
    @Revision("1")
    record RemainderLapsed(String voucherId, String batchId, long amountFen, BackAccount to) implements VoucherEvent {}

    /** Posts accepted → claimed. */
    @Revision("1")
    record ItemClaimed(String voucherId, String batchId, String claimId, long amountFen) implements VoucherEvent {}

    /** Posts claimed → accepted: the claim was withdrawn, or the item rejected while the window is open. */
    @Revision("1")
    record ItemReleased(String voucherId, String batchId, String claimId, long amountFen) implements VoucherEvent {}

    /** The final review, or a reply to an objection, approved this much of what is claimed. */
    @Revision("1")
    record ItemApproved(String voucherId, String batchId, String claimId, long approvedFen, String reason)
            implements VoucherEvent {}

    @Revision("1")
    record ItemRejected(String voucherId, String batchId, String claimId, String reason) implements VoucherEvent {}

    @Revision("1")
    record ItemPublished(String voucherId, String batchId, String claimId, Instant noticeEndsAt)
            implements VoucherEvent {}

    /** Posts claimed → redeemed what was approved, claimed → back the rest; a refund owed is due from now on (GZ-24). */
    @Revision("1")
    record ItemSettled(
            String voucherId,
            String batchId,
            String claimId,
            long redeemedFen,
            long backFen,
            BackAccount to,
            String bankReference,
            LocalDate paidOn)
            implements VoucherEvent {}

    /** Posts redeemed → claimed: the bank sent the money back, settlement is open again (GZ-33). */
    @Revision("1")
    record SettlementBounced(
            String voucherId, String batchId, String claimId, long amountFen, String bankReference, String reason)
            implements VoucherEvent {}

    /** Posts held and ordered → back. */
    @Revision("1")
    record VoucherReturned(
            String voucherId, String batchId, long heldFen, long orderedFen, BackAccount to, String reason)
            implements VoucherEvent {}

    /** Posts each balance → back. {@code rule} is the ID of the rule that revokes; {@code forCause} keeps used-once keys. */
    @Revision("1")
    record VoucherRevoked(
            String voucherId,
            String batchId,
            String rule,
            boolean forCause,
            long heldFen,
            long orderedFen,
            long paidFen,
            long acceptedFen,
            long claimedFen,
            BackAccount to,
            String reason)
            implements VoucherEvent {}

    /** Posts ordered and paid → held: the provider was disqualified; the voucher may be ordered anew until the deadline. */
    @Revision("1")
    record VoucherReinstated(
            String voucherId, String batchId, long orderedFen, long paidFen, Instant newDeadline, String reason)
            implements VoucherEvent {}

    @Revision("1")
    record VoucherFrozen(String voucherId, String batchId, String reason) implements VoucherEvent {}

    @Revision("1")
    record VoucherFreezeLifted(String voucherId, String batchId, Instant newDeadline, String reason)
            implements VoucherEvent {}

    /** Memo: → due. */
    @Revision("1")
    record ClawbackOrdered(String voucherId, String batchId, Debtor debtor, long amountFen, String reason)
            implements VoucherEvent {}

    /** Memo: due → repaid, to the treasury. */
    @Revision("1")
    record ClawbackRepaid(String voucherId, String batchId, Debtor debtor, long amountFen, String bankReference)
            implements VoucherEvent {}

    /** Memo: due → waived. */
    @Revision("1")
    record ClawbackWaived(String voucherId, String batchId, Debtor debtor, long amountFen, String reason)
            implements VoucherEvent {}

    /** Memo: owed → proved. */
    @Revision("1")
    record RefundProved(String voucherId, String batchId, long amountFen, Document proof) implements VoucherEvent {}
}
