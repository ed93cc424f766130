package org.voucherledger.domain.usedonce;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** A key of the real world that may serve one voucher in the whole ledger (GZ-26). */
public sealed interface UsedOnceEvent extends DomainEvent {

    UsedOnceKind kind();

    /** The normalised key, readable. */
    String key();

    String voucherId();

    @Override
    default String streamId() {
        return UsedOnceKey.streamId(kind(), key());
    }

    @Revision("1")
    record KeyBound(UsedOnceKind kind, String key, String voucherId) implements UsedOnceEvent {}

    @Revision("1")
    record KeyReleased(UsedOnceKind kind, String key, String voucherId) implements UsedOnceEvent {}
}
