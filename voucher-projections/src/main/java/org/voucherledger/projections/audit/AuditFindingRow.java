package org.voucherledger.projections.audit;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.audit.AuditFindingStatus;
import org.voucherledger.domain.audit.AuditMatter;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;

/**
 * A finding about a drawn voucher, with its follow-up.
 *
 * @param outcome {@code null} while it is open
 * @param steps how it was recorded, every answer, how it was closed
 * @param recordedPosition of the event that recorded it
 */
public record AuditFindingRow(
        String drawId,
        String id,
        String voucherId,
        AuditMatter matter,
        long questionedFen,
        AuditFindingStatus status,
        AuditOutcome outcome,
        List<FollowUp> steps,
        Instant changedAt,
        long recordedPosition) {

    /** What was said, by whom, with which papers; {@code status} is what the finding was from then on. */
    public record FollowUp(
            AuditFindingStatus status,
            AuditOutcome outcome,
            String statement,
            List<Document> documents,
            Instant at,
            String actor,
            Role role,
            long position) {}
}
