package org.voucherledger.projections.performance;

import java.time.Duration;

/**
 * How long vouchers took from one step to the next, of those that have taken both and not undone them.
 *
 * @param median of that many one value, not a mean of two; {@code null} where none has taken both
 * @param ninetieth nine of ten took no longer
 */
public record StepTime(String from, String to, long vouchers, Duration median, Duration ninetieth) {}
