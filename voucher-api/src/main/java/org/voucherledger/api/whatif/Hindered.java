package org.voucherledger.api.whatif;

import java.time.Instant;

/**
 * Budget that the authority took from the batch then, and could not have taken under the draft, because less was available; it
 * is left with the batch. Amounts in fen.
 */
public record Hindered(Instant at, long amountFen, String rule, String about) {}
