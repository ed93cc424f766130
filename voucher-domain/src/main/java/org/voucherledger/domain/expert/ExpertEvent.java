package org.voucherledger.domain.expert;

import java.util.Set;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.party.ServiceType;

/** What has happened to an expert's place in the register (SV-01). */
public sealed interface ExpertEvent extends DomainEvent {

    String expertRef();

    @Override
    default String streamId() {
        return "expert:" + expertRef();
    }

    @Revision("1")
    record ExpertRegistered(String expertRef, Set<ServiceType> fields, String city) implements ExpertEvent {}

    @Revision("1")
    record ExpertSuspended(String expertRef, String reason) implements ExpertEvent {}

    @Revision("1")
    record ExpertReinstated(String expertRef, String reason) implements ExpertEvent {}

    @Revision("1")
    record ExpertRemoved(String expertRef, String reason) implements ExpertEvent {}
}
