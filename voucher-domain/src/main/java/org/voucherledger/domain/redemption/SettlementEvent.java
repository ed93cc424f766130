package org.voucherledger.domain.redemption;

import java.time.Instant;
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

    /** Approved and published: to be paid in its turn once its notice is over. Published anew, the later notice counts. */
    @Revision("1")
    record PaymentAwaited(String batchId, String claimId, String voucherId, int tier, long number, Instant noticeEndsAt)
            implements SettlementEvent {}

    @Revision("1")
    record PaymentMade(String batchId, String claimId, String voucherId, int tier, long number, long amountFen)
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
            int tier,
            long number,
            Instant noticeEndsAt,
            long amountFen)
            implements SettlementEvent {}
}
