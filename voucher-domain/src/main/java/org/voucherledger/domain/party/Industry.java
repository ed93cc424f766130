package org.voucherledger.domain.party;

/** The industries of the size standard; its thresholds are data, one row a constant. */
public enum Industry {
    AGRICULTURE,
    INDUSTRY,
    CONSTRUCTION,
    WHOLESALE,
    RETAIL,
    TRANSPORT,
    WAREHOUSING,
    POSTAL,
    ACCOMMODATION,
    CATERING,
    INFORMATION_TRANSMISSION,
    SOFTWARE_IT,
    REAL_ESTATE_DEVELOPMENT,
    PROPERTY_MANAGEMENT,
    LEASING_BUSINESS_SERVICES,
    OTHER
}
