package org.voucherledger.domain.architecture.violating.ordering;

/** Breaks "handlers are called so" as well: it may be extended. */
class OpenHandler {}
