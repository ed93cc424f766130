package org.voucherledger.projections.projection;

import java.time.Instant;
import java.util.List;

/**
 * A page of a list.
 *
 * @param next the cursor of the following page, {@code null} on the last
 */
public record Slice<T>(List<T> items, String next, long position, Instant asOf) {}
