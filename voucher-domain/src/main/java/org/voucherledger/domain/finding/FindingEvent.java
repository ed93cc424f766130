package org.voucherledger.domain.finding;

import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.party.Document;

/**
 * What has happened to a complaint or a spot check. Of one about a voucher the parties are the voucher's at that moment; what
 * it is not about is {@code null}.
 */
public sealed interface FindingEvent extends DomainEvent {

    String findingId();

    @Override
    default String streamId() {
        return "finding:" + findingId();
    }

    @Revision("1")
    record ComplaintRegistered(
            String findingId,
            String voucherId,
            String enterpriseId,
            String providerId,
            ComplaintMatter matter,
            String complainantRef,
            List<Document> documents)
            implements FindingEvent {}

    @Revision("1")
    record SpotCheckRegistered(
            String findingId,
            String voucherId,
            String enterpriseId,
            String providerId,
            String groundId,
            String reason,
            List<Document> documents)
            implements FindingEvent {}

    @Revision("1")
    record FindingAnswered(
            String findingId,
            String voucherId,
            String enterpriseId,
            String providerId,
            FindingOutcome outcome,
            String reason,
            List<Document> documents)
            implements FindingEvent {}

    /** It is the ground of a measure against these, recorded in the measure's own transaction; {@code measure} is its command. */
    @Revision("1")
    record FindingActedUpon(String findingId, String measure, String voucherId, String enterpriseId, String providerId)
            implements FindingEvent {}
}
