package org.voucherledger.projections.books;

/**
 * The first prefix of the log at which ALL-03 does not hold.
 *
 * @param position of the event that the prefix ends with
 * @param sentence what does not hold there, with both sides in fen
 */
public record Violation(long position, String sentence) {}
