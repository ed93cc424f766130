package org.voucherledger.domain.party;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** What has happened to a provider: its recognition, its registration, its products. Amounts in fen. */
public sealed interface ProviderEvent extends DomainEvent {

    String providerId();

    @Override
    default String streamId() {
        return "provider:" + providerId();
    }

    @Revision("1")
    record ProviderRecognised(
            String providerId,
            String name,
            RecognitionLevel level,
            String city,
            Set<ServiceType> serviceTypes,
            Set<String> merchantCategories,
            SupplierClass supplierClass,
            LocalDate validFrom,
            LocalDate validTo)
            implements ProviderEvent {}

    @Revision("1")
    record ProviderRegistered(String providerId, String name, String city, List<Document> documents)
            implements ProviderEvent {}

    @Revision("1")
    record ProviderVerified(String providerId) implements ProviderEvent {}

    @Revision("1")
    record ProviderRenamed(String providerId, String name, LocalDate from, Document proof) implements ProviderEvent {}

    @Revision("1")
    record ProductProposed(
            String providerId,
            String productId,
            int version,
            String name,
            ServiceType serviceType,
            ProductDescription description,
            long priceFromFen,
            long priceToFen,
            String chargingBasis,
            List<Document> documents)
            implements ProviderEvent {}

    @Revision("1")
    record ProductPublished(String providerId, String productId, int version) implements ProviderEvent {}

    @Revision("1")
    record ProductWithdrawn(String providerId, String productId, String reason) implements ProviderEvent {}

    @Revision("1")
    record ProviderFrozen(String providerId, String reason) implements ProviderEvent {}

    /** {@code liftedAt} tells which vouchers the freeze had held: those issued before it. */
    @Revision("1")
    record ProviderFreezeLifted(String providerId, Instant liftedAt, Instant newDeadline, String reason)
            implements ProviderEvent {}

    @Revision("1")
    record ProviderDisqualified(String providerId, String reason) implements ProviderEvent {}
}
