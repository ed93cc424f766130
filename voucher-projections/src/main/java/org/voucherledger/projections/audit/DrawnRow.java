package org.voucherledger.projections.audit;

import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * A drawn voucher with its figures as they were at the position of the frame. Amounts in fen.
 *
 * @param place in the order in which it was drawn from its stratum, from one on
 * @param enterpriseId {@code null} of a voucher that a person holds
 * @param providerId {@code null} while it was with none
 * @param rating of the payment that stood, {@code null} where none did
 * @param findings how many findings there are about it in this draw
 */
public record DrawnRow(
        String voucherId,
        String stratumId,
        int place,
        String batchId,
        String enterpriseId,
        String providerId,
        VoucherStatus status,
        long faceFen,
        long unusedFen,
        long usedFen,
        long claimedFen,
        long redeemedFen,
        long backFen,
        Integer rating,
        long findings) {}
