package org.voucherledger.domain.architecture.violating.voucher;

import org.voucherledger.domain.architecture.violating.ledger.FindsPayments;

/** Breaks "aggregates know no ledger". */
record KnowsTheLedger(FindsPayments ledger) {}
