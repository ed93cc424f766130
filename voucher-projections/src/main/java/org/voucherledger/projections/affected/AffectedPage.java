package org.voucherledger.projections.affected;

import java.util.List;

/**
 * Who is affected by a decision: how many, and a page of them.
 *
 * @param next the cursor of the following page, {@code null} on the last
 */
public record AffectedPage(long affected, long gaining, long losing, List<Affected> items, String next) {}
