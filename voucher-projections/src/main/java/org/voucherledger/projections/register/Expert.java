package org.voucherledger.projections.register;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.expert.ExpertStanding;

/**
 * An expert as the register has them now; who it is stands nowhere in the ledger (ALL-05).
 *
 * @param id the opaque reference under which the expert reviews
 * @param fields in which the expert may judge, names of {@code ServiceType}
 * @param reason why they were suspended, reinstated or removed last; {@code null} where nothing of that has happened since they
 *     were entered
 * @param registeredAt when they were entered last
 * @param position of the last event that changed it
 */
@Embeddable
public record Expert(
        @Column(insertable = false, updatable = false) String id,
        @Enumerated(EnumType.STRING) ExpertStanding standing,
        List<String> fields,
        String city,
        String reason,
        Instant registeredAt,
        Instant changedAt,
        long position) {}
