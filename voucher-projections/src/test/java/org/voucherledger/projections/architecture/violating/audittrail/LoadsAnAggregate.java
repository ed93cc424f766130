package org.voucherledger.projections.architecture.violating.audittrail;

import org.voucherledger.domain.ledger.Ledger;

/** Breaks "no ledger". */
record LoadsAnAggregate(Ledger ledger) {}
