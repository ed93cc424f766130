package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;

/**
 * An invented provider: a demonstration platform or a service station.
 *
 * @param number from one
 * @param code its credit code, which is its identifier
 * @param validTo the last day of its recognition
 * @param part what it is there for in the season
 */
record Platform(
        int number,
        String code,
        String name,
        RecognitionLevel level,
        String city,
        Set<ServiceType> types,
        LocalDate validTo,
        Part part,
        List<Offer> offers) {

    /** What a provider is there for: most are ordinary, some are met by one rule each. */
    enum Part {
        ORDINARY,
        /** So popular that its cap runs out (GZ-21). */
        FAVOURITE,
        /** A city platform of another city (GZ-05). */
        OTHER_CITY,
        /** Recognised and registered, its papers never checked (GZ-04). */
        UNVERIFIED,
        /** Its recognition ends while its services are running, and is renewed later (GZ-04). */
        EXPIRING,
        /** Frozen for a while, then lifted with a new deadline (GZ-32). */
        FROZEN,
        /** Disqualified in the summer (GZ-32). */
        DISQUALIFIED
    }

    Offer offer(ServiceType type) {
        return offers.stream()
                .filter(offer -> offer.type() == type && offer.published())
                .findFirst()
                .orElse(null);
    }
}
