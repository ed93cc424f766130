package org.voucherledger.domain.audit;

/**
 * A voucher, or the item of a claim that it is, as it stood at the position of a frame.
 *
 * @param amountFen its face amount, or what is claimed with it
 * @param providerId empty while it is with none
 * @param ratingHundredths the mean rating of its provider, {@code null} where there is none (SV-02)
 */
public record FrameItem(String voucherId, long amountFen, String providerId, Long ratingHundredths) {}
