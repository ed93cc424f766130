package org.voucherledger.domain.audit;

import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.party.Document;

/** A draw, from its announcement to the last finding about what was drawn. Amounts in fen. */
public sealed interface AuditEvent extends DomainEvent {

    String drawId();

    @Override
    default String streamId() {
        return "draw:" + drawId();
    }

    /**
     * A draw will be made from this frame, with this seed.
     *
     * @param frameSha256 of the frame's text, so that the frame stands before the draw is made
     */
    @Revision("1")
    record DrawAnnounced(
            String drawId,
            String schemeId,
            String batchId,
            FrameItems items,
            long framePosition,
            List<Stratum> strata,
            String seed,
            String groundId,
            String frameSha256,
            String reason)
            implements AuditEvent {}

    /**
     * These were drawn from one stratum, in the order in which they were drawn.
     *
     * @param outOf how many the stratum held
     */
    @Revision("1")
    record StratumDrawn(String drawId, String stratumId, int outOf, List<String> voucherIds) implements AuditEvent {}

    /**
     * All strata have been drawn from; each has an event of its own before this one.
     *
     * @param frameSize how many items there were
     * @param inNoStratum how many of them could not be drawn, because no stratum takes them
     */
    @Revision("1")
    record SampleDrawn(
            String drawId, String schemeId, String batchId, String frameSha256, int frameSize, int inNoStratum)
            implements AuditEvent {}

    @Revision("1")
    record AuditFindingRecorded(
            String drawId,
            String auditFindingId,
            String voucherId,
            AuditMatter matter,
            long questionedFen,
            String statement,
            List<Document> documents)
            implements AuditEvent {}

    @Revision("1")
    record AuditFindingAnswered(
            String drawId, String auditFindingId, String voucherId, String statement, List<Document> documents)
            implements AuditEvent {}

    @Revision("1")
    record AuditFindingClosed(
            String drawId,
            String auditFindingId,
            String voucherId,
            AuditOutcome outcome,
            String statement,
            List<Document> documents)
            implements AuditEvent {}
}
