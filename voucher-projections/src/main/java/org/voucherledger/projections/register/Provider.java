package org.voucherledger.projections.register;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.party.RecognitionLevel;

/**
 * A provider as it is now: on the recognition list, and once it has registered, with what came after (GZ-04).
 *
 * @param name that it bears on the day up to which the register has been told (GZ-09)
 * @param city where it is registered; until then, where it is recognised
 * @param recognisedTo the last day of its recognition
 * @param serviceTypes it is recognised for (GZ-06), names of {@code ServiceType}
 * @param merchantCategories of consumption vouchers that it takes (CV-01)
 * @param registeredAt {@code null} until it has registered
 * @param position of the last event that changed it
 */
@Embeddable
public record Provider(
        @Column(insertable = false, updatable = false) String id,
        String name,
        String city,
        @Enumerated(EnumType.STRING) RecognitionLevel level,
        String recognisedCity,
        LocalDate recognisedFrom,
        LocalDate recognisedTo,
        List<String> serviceTypes,
        List<String> merchantCategories,
        boolean registered,
        boolean verified,
        boolean frozen,
        boolean disqualified,
        Instant registeredAt,
        Instant changedAt,
        long position) {}
