package org.voucherledger.projections.architecture.violating.register;

import org.voucherledger.domain.ordering.OrderingHandler;

/** Breaks "no handlers". */
record DecidesAnOrder(OrderingHandler handler) {}
