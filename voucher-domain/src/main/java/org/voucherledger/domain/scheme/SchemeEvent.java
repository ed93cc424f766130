package org.voucherledger.domain.scheme;

import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** What has happened to a scheme. Amounts in fen. */
public sealed interface SchemeEvent extends DomainEvent {

    String schemeId();

    @Override
    default String streamId() {
        return "scheme:" + schemeId();
    }

    /** A version of the scheme's rules is in force for the batches opened from now on. */
    @Revision("1")
    record SchemePublished(String schemeId, int version, SchemeTerms terms, String fileSha256) implements SchemeEvent {}

    /** The authority moved the fund. */
    @Revision("1")
    record FundChanged(String schemeId, long beforeFen, long fundFen, String noticeNumber, String reason)
            implements SchemeEvent, AuthorityDecision {}

    /** Part of the fund became a batch's budget; the posting is the batch's own event. */
    @Revision("1")
    record FundAllocated(String schemeId, String batchId, String city, long amountFen) implements SchemeEvent {}

    /** Budget taken back from a batch is unallocated again; the posting is the batch's own event. */
    @Revision("1")
    record FundReleased(String schemeId, String batchId, long amountFen) implements SchemeEvent {}
}
