package org.voucherledger.projections.catalogue;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.ProductDescription;
import org.voucherledger.domain.party.ServiceType;

/**
 * A provider's product in one version (GZ-07). Prices in fen.
 *
 * @param documents proofs of qualification and past contracts
 * @param publishedAt when the operator had checked it; {@code null} until then
 * @param endedAt when it was replaced or withdrawn
 * @param orderable whether an order today is of this version
 * @param position of the event that proposed it
 */
public record Offer(
        String providerId,
        String productId,
        int version,
        String name,
        ServiceType serviceType,
        ProductDescription description,
        long priceFromFen,
        long priceToFen,
        String chargingBasis,
        List<Document> documents,
        Instant proposedAt,
        Instant publishedAt,
        String publishedBy,
        Instant endedAt,
        boolean orderable,
        long position) {

    /** As whoever chooses a product may see it. */
    public Offer withoutDocuments() {
        return new Offer(
                providerId,
                productId,
                version,
                name,
                serviceType,
                description,
                priceFromFen,
                priceToFen,
                chargingBasis,
                List.of(),
                proposedAt,
                publishedAt,
                publishedBy,
                endedAt,
                orderable,
                position);
    }

    /** Names the product in a list: provider and product. */
    public String key() {
        return providerId + ":" + productId;
    }
}
