package org.voucherledger.domain.usedonce;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** A key of the real world that may serve one voucher, or one claim, in the whole ledger (GZ-26, GZ-43). */
public sealed interface UsedOnceEvent extends DomainEvent {

    UsedOnceKind kind();

    /** The normalised key, readable. */
    String key();

    @Override
    default String streamId() {
        return UsedOnceKey.streamId(kind(), key());
    }

    @Revision("1")
    record KeyBound(UsedOnceKind kind, String key, String voucherId) implements UsedOnceEvent {}

    @Revision("1")
    record KeyReleased(UsedOnceKind kind, String key, String voucherId) implements UsedOnceEvent {}

    /** The bank paid items of this claim under the reference that the key is made of (GZ-43). */
    @Revision("1")
    record BankPaymentBound(String key, String claimId) implements UsedOnceEvent {
        @Override
        public UsedOnceKind kind() {
            return UsedOnceKind.BANK_PAYMENT;
        }
    }

    /** The bank sent back the last of what it had paid under the reference (GZ-33). */
    @Revision("1")
    record BankPaymentReleased(String key, String claimId) implements UsedOnceEvent {
        @Override
        public UsedOnceKind kind() {
            return UsedOnceKind.BANK_PAYMENT;
        }
    }
}
