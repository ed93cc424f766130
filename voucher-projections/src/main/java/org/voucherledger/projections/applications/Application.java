package org.voucherledger.projections.applications;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.projection.Told;

/**
 * An application as the events tell it. Amounts in fen.
 *
 * @param position its place in the queue, from one
 * @param rule that passed it over or under which it was rejected, else {@code null}; {@code about} is what of it, or why
 * @param leftFen what was available when it was decided; {@code null} before
 * @param logPosition of the last event about it
 */
record Application(
        String id,
        String batchId,
        String schemeId,
        String enterpriseId,
        long position,
        int tier,
        long askedFen,
        long grantedFen,
        ApplicationOutcome outcome,
        String rule,
        String about,
        Long leftFen,
        List<String> voucherIds,
        Instant receivedAt,
        Instant decidedAt,
        long logPosition) {

    static Application of(ApplicationQueued queued, Told told) {
        return new Application(
                queued.applicationId(),
                queued.batchId(),
                queued.schemeId(),
                queued.enterpriseId(),
                queued.position(),
                queued.tier(),
                queued.amountFen(),
                0,
                ApplicationOutcome.QUEUED,
                null,
                null,
                null,
                List.of(),
                queued.receivedAt(),
                null,
                told.position());
    }

    /** Its voucher is reserved with it (CL-03). */
    static Application of(ApplicationReserved reserved, Told told) {
        return new Application(
                reserved.applicationId(),
                reserved.batchId(),
                reserved.schemeId(),
                reserved.enterpriseId(),
                reserved.position(),
                reserved.tier(),
                reserved.amountFen(),
                0,
                ApplicationOutcome.QUEUED,
                null,
                null,
                null,
                List.of(reserved.voucherId()),
                reserved.receivedAt(),
                null,
                told.position());
    }

    Application approved(ApplicationApproved approved, Told told) {
        return decided(ApplicationOutcome.GRANTED, approved.amountFen(), null, null, null, voucherIds, told);
    }

    Application rejected(ApplicationRejected rejected, Told told) {
        return decided(ApplicationOutcome.NOT_GRANTED, 0, Rule.CL_03.id(), rejected.reason(), null, List.of(), told);
    }

    Application withdrawn(Told told) {
        return decided(ApplicationOutcome.WITHDRAWN, 0, null, null, null, List.of(), told);
    }

    Application granted(ApplicationGranted granted, Told told) {
        return decided(
                ApplicationOutcome.GRANTED,
                granted.amountFen(),
                null,
                null,
                granted.leftFen(),
                granted.voucherIds(),
                told);
    }

    Application skipped(ApplicationSkipped skipped, Told told) {
        return decided(
                ApplicationOutcome.SKIPPED, 0, skipped.rule(), skipped.about(), skipped.leftFen(), List.of(), told);
    }

    Application notGranted(ApplicationNotGranted refused, Told told) {
        return decided(ApplicationOutcome.NOT_GRANTED, 0, null, null, refused.leftFen(), List.of(), told);
    }

    Application waiting(ApplicationWaitlisted waiting, Told told) {
        return decided(ApplicationOutcome.WAITING, 0, null, null, waiting.leftFen(), List.of(), told);
    }

    private Application decided(
            ApplicationOutcome next, long fen, String against, String what, Long left, List<String> ids, Told told) {
        return new Application(
                id,
                batchId,
                schemeId,
                enterpriseId,
                position,
                tier,
                askedFen,
                fen,
                next,
                against,
                what,
                left,
                ids,
                receivedAt,
                told.at(),
                told.position());
    }
}
