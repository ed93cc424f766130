package org.voucherledger.domain.architecture.violating.paying;

import org.voucherledger.domain.architecture.violating.ordering.Orders;

/** Breaks "no cycles" together with {@link Orders}. */
public record Pays(Orders orders) {}
