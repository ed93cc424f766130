package org.voucherledger.projections.history;

import java.util.List;

/**
 * What became different in a stream between two moments.
 *
 * @param from the position of the earlier moment
 * @param to the position of the later one
 * @param steps how many events of the stream lie between them, the later moment's own among them
 */
public record Difference(String stream, long from, long to, long steps, List<Change> changed) {}
