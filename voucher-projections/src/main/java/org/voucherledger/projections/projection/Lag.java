package org.voucherledger.projections.projection;

import java.time.Duration;

/**
 * How far a view is behind the log.
 *
 * @param positions between the last event that it has been told and the last of the log
 * @param time for which the first event that it has not been told has been recorded; zero if it has been told all
 */
public record Lag(long positions, Duration time) {}
