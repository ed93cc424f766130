package org.voucherledger.projections.register;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.voucherledger.domain.party.ServiceType;

/**
 * A provider's product as it is now (GZ-07): the published version, or while there is none the proposed one. Prices in fen.
 *
 * @param publishedVersion the version that can be ordered; {@code null} while none can
 * @param proposedVersion the version last proposed
 * @param position of the last event that changed it
 */
@Embeddable
public record Product(
        @Column(insertable = false, updatable = false) String productId,
        Integer publishedVersion,
        int proposedVersion,
        String name,
        @Enumerated(EnumType.STRING) ServiceType serviceType,
        String description,
        long priceFromFen,
        long priceToFen,
        String chargingBasis,
        Instant changedAt,
        long position) {}
