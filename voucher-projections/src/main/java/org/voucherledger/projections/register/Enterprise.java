package org.voucherledger.projections.register;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.Size;

/**
 * An enterprise as it is now. Revenue and assets in 万元.
 *
 * @param name that it bears on the day up to which the register has been told (GZ-09)
 * @param computedSize what the size standard makes of the declared figures (GZ-01)
 * @param verifiedYear for which the operator checked its papers (GZ-02); this and what was attested are {@code null} until
 *     then and after each correction of the declaration
 * @param priorityTags as attested (GZ-03), names of {@code PriorityTag}
 * @param ties the providers it is related to (GZ-08)
 * @param position of the last event that changed it
 */
@Embeddable
public record Enterprise(
        @Column(insertable = false, updatable = false) String id,
        String name,
        String city,
        String district,
        @Enumerated(EnumType.STRING) Industry industry,
        long employees,
        long revenueWan,
        long assetsWan,
        @Enumerated(EnumType.STRING) Size declaredSize,
        @Enumerated(EnumType.STRING) Size computedSize,
        boolean legalPerson,
        LocalDate establishedOn,
        int trustLevel,
        Integer verifiedYear,
        Boolean operatesProperly,
        Boolean fitsPolicy,
        List<String> priorityTags,
        List<String> ties,
        boolean blacklisted,
        boolean frozen,
        boolean disqualified,
        Instant registeredAt,
        Instant changedAt,
        long position) {}
