package org.voucherledger.projections.schemes;

/**
 * A scheme and the version in force.
 *
 * @param fundFen in force, with every decision of the authority so far
 * @param changedPosition of the last event that changed it
 */
public record SchemeRow(
        String id,
        int version,
        String titleZh,
        String titleEn,
        String kind,
        String authority,
        int year,
        long fundFen,
        long changedPosition) {}
