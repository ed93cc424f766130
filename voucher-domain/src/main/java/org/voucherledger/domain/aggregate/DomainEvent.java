package org.voucherledger.domain.aggregate;

/** A flat fact of primitives and identifiers that stands in exactly one stream and never changes. */
public interface DomainEvent {

    /** The stream it stands in, prefixed by the kind of aggregate: {@code voucher:B1-A1-V1}. */
    String streamId();
}
