package org.voucherledger.projections.voucherboard;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * A voucher as it is now. Amounts in fen; the seven balances sum to {@code faceFen} (ALL-03). Deadlines are the first
 * instants that are too late, {@code null} before the grant is published; what belongs to an order is {@code null} without one.
 *
 * @param enterpriseId who holds it, or {@code null} where a person does, known by {@code holderRef} (CV-01)
 * @param partyFrozen its enterprise or its provider is frozen (GZ-32)
 * @param changedPosition of the last event of the voucher itself
 */
@Embeddable
public record BoardVoucher(
        @Column(insertable = false, updatable = false) String id,
        String batchId,
        String schemeId,
        int schemeVersion,
        String applicationId,
        String enterpriseId,
        String holderRef,
        String category,
        Long thresholdFen,
        String providerId,
        String productId,
        Integer productVersion,
        @Enumerated(EnumType.STRING) ServiceType serviceType,
        String purchaseReference,
        Long purchaseFen,
        String claimId,
        @Enumerated(EnumType.STRING) VoucherStatus status,
        long faceFen,
        Long expectedFen,
        long heldFen,
        long orderedFen,
        long paidFen,
        long acceptedFen,
        long claimedFen,
        long redeemedFen,
        long backFen,
        long approvedFen,
        long owedFen,
        long clawbackDueFen,
        boolean contracted,
        boolean undoRequested,
        boolean frozen,
        boolean partyFrozen,
        boolean enterpriseDisqualified,
        boolean providerDisqualified,
        Instant issuedAt,
        Instant orderBy,
        Instant validUntil,
        Instant redemptionUntil,
        Instant changedAt,
        @Column(name = "position") long changedPosition) {}
