package org.voucherledger.projections.catalogue;

import java.time.Instant;

/**
 * What the catalogue says of a product from a year on, in one version (CL-07).
 *
 * @param listed whether the product may be applied for; not once it is delisted
 * @param productClass its class in the catalogue
 * @param openRequests how many changes of the product are asked for and not decided
 * @param position of the event that made this version
 */
public record Listing(
        String providerId,
        String productId,
        int version,
        int year,
        boolean listed,
        String name,
        String productClass,
        String agent,
        String partner,
        long openRequests,
        Instant saidAt,
        long position) {

    /** Names the product in a list: provider and product. */
    public String key() {
        return providerId + ":" + productId;
    }
}
