package org.voucherledger.violating.pipeline;

import org.voucherledger.violating.season.SelectsVouchers;

/** The other half of "no cycles". */
public record PlaysASeason(SelectsVouchers vouchers) {}
