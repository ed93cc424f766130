package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;

/**
 * An item of a claim as it is now. Amounts in fen.
 *
 * @param approvedFen {@code null} until somebody has reviewed; zero is a rejection
 * @param noticeEndsAt the first instant after the public notice (GZ-42); {@code null} until published
 * @param openObjections while there is any, the item is held
 * @param position of the last event that changed it
 */
@Embeddable
public record ClaimItem(
        @Column(insertable = false, updatable = false) String voucherId,
        String enterpriseId,
        long claimedFen,
        Long approvedFen,
        @Enumerated(EnumType.STRING) ItemStatus status,
        Instant noticeEndsAt,
        int openObjections,
        Instant changedAt,
        long position) {}
