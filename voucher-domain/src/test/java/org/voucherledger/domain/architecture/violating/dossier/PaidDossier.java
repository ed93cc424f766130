package org.voucherledger.domain.architecture.violating.dossier;

import org.voucherledger.domain.architecture.violating.paying.Pays;

/** Breaks "dossiers know no capability". */
record PaidDossier(Pays payment) {}
