package org.voucherledger.projections.performance;

import java.util.List;
import java.util.Map;

/**
 * The performance report of a scheme, or of one of its batches (SV-05). Each breakdown adds up to the total.
 *
 * @param scheme {@code null} for all schemes
 * @param batch {@code null} for all of the scheme
 */
public record PerformanceReport(
        String scheme, String batch, Figures total, Map<Breakdown, List<Figures>> by, List<StepTime> steps) {}
