package org.voucherledger.domain.redemption;

import java.time.Instant;
import java.time.LocalDate;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** The order in which the claims of a cloud batch are paid: pilots first, then by claim (CL-03, GZ-43). Amounts in fen. */
public sealed interface SettlementEvent extends DomainEvent {

    String batchId();

    @Override
    default String streamId() {
        return "settlement:" + batchId();
    }

    /** The claim took its place in the order of claim; the number counts from one. */
    @Revision("1")
    record ClaimNumbered(String batchId, String claimId, String voucherId, int tier, long number)
            implements SettlementEvent {}

    /**
     * Approved and published: to be paid in its turn, once its notice is over. Published anew, the later notice counts.
     *
     * @param payableFrom when its notice is over
     */
    @Revision("1")
    record PaymentAwaited(
            String batchId,
            String claimId,
            String voucherId,
            String enterpriseId,
            String providerId,
            int tier,
            long number,
            Instant payableFrom)
            implements SettlementEvent {}

    @Revision("1")
    record PaymentMade(String batchId, String claimId, String voucherId, int tier, long number, long amountFen)
            implements SettlementEvent {}

    /**
     * The bank had paid while another was first in turn. What was paid stays paid; whom it passed, and why, stands here.
     *
     * @param passedVoucherId the first of those that could have been paid before it on that day, or when it first could be itself if
     *     it was paid before
     */
    @Revision("1")
    record PaidOutOfTurn(
            String batchId,
            String claimId,
            String voucherId,
            int tier,
            long number,
            String passedClaimId,
            String passedVoucherId,
            LocalDate paidOn,
            String reason)
            implements SettlementEvent {}

    /** The item ended without being paid. */
    @Revision("1")
    record PaymentCalledOff(String batchId, String claimId, String voucherId, int tier, long number)
            implements SettlementEvent {}

    /** The bank sent the money back: it is to be paid again, in its old turn (GZ-33). */
    @Revision("1")
    record PaymentReopened(
            String batchId,
            String claimId,
            String voucherId,
            String enterpriseId,
            String providerId,
            int tier,
            long number,
            Instant payableFrom,
            long amountFen)
            implements SettlementEvent {}

    /** The item's voucher is frozen, or an objection to it is open: it stands aside and holds up nobody. */
    @Revision("1")
    record PaymentHeld(String batchId, String claimId, String voucherId, int tier, long number)
            implements SettlementEvent {}

    /** Nothing of its own holds the item any more: it is back in its old turn. */
    @Revision("1")
    record PaymentFreed(String batchId, String claimId, String voucherId, int tier, long number, Instant freedAt)
            implements SettlementEvent {}

    /**
     * A party is frozen or disqualified: whatever is to be paid for its vouchers stands aside.
     *
     * @param party the name of the party's own stream
     */
    @Revision("1")
    record PartyHeld(String batchId, String party) implements SettlementEvent {}

    /** The party's freeze was lifted: its items are back in their old turns. */
    @Revision("1")
    record PartyFreed(String batchId, String party, Instant freedAt) implements SettlementEvent {}
}
