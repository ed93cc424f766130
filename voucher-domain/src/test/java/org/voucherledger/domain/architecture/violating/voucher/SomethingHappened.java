package org.voucherledger.domain.architecture.violating.voucher;

import org.voucherledger.domain.aggregate.DomainEvent;

/** Breaks "events have a revision". */
public record SomethingHappened(String streamId) implements DomainEvent {}
