package org.voucherledger.api.season;

import org.voucherledger.domain.party.ServiceType;

/** A product of a provider, and whether its publication is left out (GZ-07). */
record Offer(String productId, ServiceType type, boolean published) {}
