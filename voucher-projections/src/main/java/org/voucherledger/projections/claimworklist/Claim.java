package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.List;

/**
 * A claim as it is now. Amounts in fen.
 *
 * @param claimantId who is to be paid: the provider, or the enterprise where the scheme says so (CL-08)
 * @param reviewers who reviewed it, in order; none of them may again (GZ-41)
 * @param approvedFen of the items that are live or settled; {@code null} until somebody has reviewed
 * @param openObjections to which the bureau has yet to reply (GZ-42)
 * @param position of the last event that changed it
 */
@Embeddable
public record Claim(
        @Column(insertable = false, updatable = false) String id,
        String batchId,
        String schemeId,
        int schemeVersion,
        String claimantId,
        String providerId,
        @Enumerated(EnumType.STRING) ClaimStage stage,
        List<String> reviewers,
        Instant submittedAt,
        Instant changedAt,
        long position,
        long claimedFen,
        Long approvedFen,
        int items,
        int liveItems,
        int openObjections) {}
