package org.voucherledger.projections.performance;

/**
 * What was applied for and what became of what was granted, in fen: granted = unused + used + redeemed + lapsed.
 *
 * @param key a city, a {@code city/district}, a size …; empty for all, or for vouchers that have been ordered nowhere
 * @param applications that were not withdrawn; {@code null} where they cannot be broken down so, as {@code appliedFen} is
 * @param unusedFen of vouchers that are held or ordered
 * @param usedFen paid by voucher and not yet redeemed
 * @param lapsedFen what went back, for whatever reason
 */
public record Figures(
        String key,
        Long applications,
        Long appliedFen,
        long vouchers,
        long grantedFen,
        long unusedFen,
        long usedFen,
        long redeemedFen,
        long lapsedFen) {}
