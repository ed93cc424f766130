package org.voucherledger.domain.audit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Of what a frame is made.
 *
 * @param batchId {@code null} for all batches of the scheme
 * @param risks the patterns that are looked for in its items
 */
public record FrameScope(String schemeId, String batchId, FrameItems items, Set<AuditRisk> risks) {

    public FrameScope {
        risks = Set.copyOf(risks);
    }

    /** With the patterns that these strata ask for. */
    public static FrameScope of(String schemeId, String batchId, FrameItems items, List<Stratum> strata) {
        return new FrameScope(
                schemeId,
                batchId,
                items,
                strata.stream().flatMap(stratum -> stratum.risks().stream()).collect(Collectors.toSet()));
    }

    /** Does this voucher, as it stood then, belong to the frame? */
    public boolean has(Standing voucher) {
        return voucher.schemeId().equals(schemeId)
                && (batchId == null || voucher.batchId().equals(batchId))
                && items.has(voucher);
    }

    /**
     * The voucher as an item of the frame.
     *
     * @param provider how its provider is rated, {@code null} where it has none or nobody has rated it
     * @param shown which of {@link #risks} it shows
     */
    public FrameItem item(Standing voucher, MeanRating provider, Set<AuditRisk> shown) {
        return new FrameItem(
                voucher.voucherId(),
                items.amountFen(voucher),
                voucher.providerId(),
                provider == null ? null : provider.hundredths(),
                shown);
    }
}
