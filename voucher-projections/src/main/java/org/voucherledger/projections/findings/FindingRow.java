package org.voucherledger.projections.findings;

import java.time.Instant;
import org.voucherledger.domain.finding.ComplaintMatter;
import org.voucherledger.domain.finding.FindingKind;
import org.voucherledger.domain.finding.FindingOutcome;

/**
 * A complaint or a spot check as it is now.
 *
 * @param matter of a complaint; {@code null} of a spot check
 * @param outcome {@code null} while it is open
 * @param answer its reason in words, {@code null} while it is open
 * @param measures how many measures rest on it; the audit trail of {@code finding:<id>} names them
 * @param position of the last event that changed it
 */
public record FindingRow(
        String id,
        FindingKind kind,
        ComplaintMatter matter,
        String voucherId,
        String enterpriseId,
        String providerId,
        FindingOutcome outcome,
        String answer,
        int measures,
        Instant registeredAt,
        Instant answeredAt,
        long position) {}
