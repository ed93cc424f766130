package org.voucherledger.domain.audit;

/**
 * Of what a frame is made.
 *
 * @param batchId {@code null} for all batches of the scheme
 */
public record FrameScope(String schemeId, String batchId, FrameItems items) {

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
     */
    public FrameItem item(Standing voucher, MeanRating provider) {
        return new FrameItem(
                voucher.voucherId(),
                items.amountFen(voucher),
                voucher.providerId(),
                provider == null ? null : provider.hundredths());
    }
}
