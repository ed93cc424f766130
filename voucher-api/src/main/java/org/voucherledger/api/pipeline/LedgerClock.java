package org.voucherledger.api.pipeline;

import java.time.Instant;

/**
 * The only clock of the ledger. Its readings have microseconds, as the database keeps them, so that a moment that was stored
 * equals the moment that was judged.
 */
public interface LedgerClock {

    Instant now();
}
