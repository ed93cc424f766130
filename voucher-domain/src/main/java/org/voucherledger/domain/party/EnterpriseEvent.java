package org.voucherledger.domain.party;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;

/** What has happened to an enterprise. */
public sealed interface EnterpriseEvent extends DomainEvent {

    String enterpriseId();

    @Override
    default String streamId() {
        return "enterprise:" + enterpriseId();
    }

    /** {@code computedSize} is what the size standard makes of the declared figures. */
    @Revision("1")
    record EnterpriseRegistered(String enterpriseId, Declaration declaration, Size computedSize)
            implements EnterpriseEvent {}

    @Revision("1")
    record DeclarationCorrected(String enterpriseId, Declaration declaration, Size computedSize)
            implements EnterpriseEvent {}

    @Revision("1")
    record EnterpriseVerified(
            String enterpriseId,
            int year,
            LocalDate declarationSignedOn,
            boolean operatesProperly,
            boolean fitsPolicy,
            Set<PriorityTag> priorityTags,
            List<Document> documents)
            implements EnterpriseEvent {}

    @Revision("1")
    record EnterpriseRenamed(String enterpriseId, String name, LocalDate from, Document proof)
            implements EnterpriseEvent {}

    @Revision("1")
    record EnterpriseBlacklisted(String enterpriseId, boolean listed, String reason) implements EnterpriseEvent {}

    @Revision("1")
    record TieRecorded(String enterpriseId, String providerId, boolean tied, String reason)
            implements EnterpriseEvent {}

    @Revision("1")
    record OtherFundingRecorded(
            String enterpriseId, String providerId, String contractNumber, String item, String programme)
            implements EnterpriseEvent {}

    @Revision("1")
    record EnterpriseFrozen(String enterpriseId, String reason) implements EnterpriseEvent {}

    /** {@code liftedAt} tells which vouchers the freeze had held: those issued before it. */
    @Revision("1")
    record EnterpriseFreezeLifted(String enterpriseId, Instant liftedAt, Instant newDeadline, String reason)
            implements EnterpriseEvent {}

    @Revision("1")
    record EnterpriseDisqualified(String enterpriseId, String reason) implements EnterpriseEvent {}
}
