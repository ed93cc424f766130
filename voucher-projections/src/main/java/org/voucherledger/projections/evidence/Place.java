package org.voucherledger.projections.evidence;

/**
 * Where in a bundle.
 *
 * @param line of the file, from 1 on; 0 where it is about the file as a whole
 * @param position of the event in the log; {@code null}, like stream and sequence, where there is no event to be named
 */
public record Place(long line, Long position, String stream, Long sequence) {

    static final Place WHOLE_FILE = new Place(0, null, null, null);
}
