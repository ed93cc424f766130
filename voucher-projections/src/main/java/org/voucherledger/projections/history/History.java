package org.voucherledger.projections.history;

import java.time.Instant;
import java.util.List;

/**
 * A page of the history of one stream.
 *
 * @param next the cursor of the following page, {@code null} on the last
 * @param position up to which the log is told here: later events are as if they had never been
 * @param asOf when the last event up to there was recorded: whoever asks as of then is told the same
 */
public record History(String stream, List<Step> items, String next, long position, Instant asOf) {}
