package org.voucherledger.domain.party;

/** GZ-06: what kind of service a product is and a provider is recognised for. */
public enum ServiceType {
    INFORMATION,
    TECHNOLOGY,
    ENTREPRENEURSHIP,
    TRAINING,
    FINANCING
}
