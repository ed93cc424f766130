package org.voucherledger.domain.architecture.violating.voucher;

/** Breaks "names say what it is". */
final class VoucherHelper {}
