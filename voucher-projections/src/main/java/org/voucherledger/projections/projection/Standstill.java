package org.voucherledger.projections.projection;

import java.time.Instant;

/**
 * Why a view stands still.
 *
 * @param reason the fault's own words
 * @param since when it was first failed at in a row
 */
public record Standstill(String reason, Instant since) {}
