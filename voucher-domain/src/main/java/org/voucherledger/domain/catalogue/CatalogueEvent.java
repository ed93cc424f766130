package org.voucherledger.domain.catalogue;

import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.party.Document;

/** What has happened to one product's entry in the catalogue (CL-07). Versions count from one. */
public sealed interface CatalogueEvent extends DomainEvent {

    String providerId();

    String productId();

    @Override
    default String streamId() {
        return "catalogue:" + providerId() + ":" + productId();
    }

    /** In the catalogue of that year and, until delisted, of every later one. */
    @Revision("1")
    record ProductListed(
            String providerId,
            String productId,
            int year,
            int version,
            String name,
            String productClass,
            String agent,
            String partner)
            implements CatalogueEvent {}

    @Revision("1")
    record CatalogueChangeRequested(
            String providerId,
            String productId,
            String requestId,
            int year,
            CatalogueChange change,
            String value,
            String reason,
            List<Document> evidence)
            implements CatalogueEvent {}

    /** The entry reads so from the catalogue of that year on. */
    @Revision("1")
    record CatalogueChangeApproved(
            String providerId,
            String productId,
            String requestId,
            int year,
            int version,
            CatalogueChange change,
            String value,
            String reason)
            implements CatalogueEvent {}

    @Revision("1")
    record CatalogueChangeDenied(String providerId, String productId, String requestId, String reason)
            implements CatalogueEvent {}
}
