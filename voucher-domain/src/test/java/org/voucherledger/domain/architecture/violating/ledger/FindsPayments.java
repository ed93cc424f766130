package org.voucherledger.domain.architecture.violating.ledger;

import org.voucherledger.domain.architecture.violating.paying.Pays;

/** Breaks "the ledger knows no capability". */
public record FindsPayments(Pays payment) {}
