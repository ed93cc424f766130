package org.voucherledger.domain.architecture.violating.rule;

import org.voucherledger.domain.architecture.violating.voucher.SomethingHappened;

/** Breaks "one direction": the kernel knows an aggregate. */
record KnowsAnAggregate(SomethingHappened event) {}
