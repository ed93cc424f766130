package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;

/**
 * A challenge to a published item (GZ-42), and the bureau's reply to it.
 *
 * @param position where it was raised
 * @param documents the SHA-256 of each in which its words stand (ALL-05)
 * @param outcome {@code null}, as is all that follows, until the bureau has replied
 * @param approvedFen what the reply left approved of the item
 */
@Embeddable
public record Objection(
        @Column(insertable = false, updatable = false) long position,
        String objectionId,
        String voucherId,
        @Enumerated(EnumType.STRING) ObjectionMatter matter,
        List<String> documents,
        Instant objectedAt,
        String objectedBy,
        @Enumerated(EnumType.STRING) Role objectedRole,
        @Enumerated(EnumType.STRING) ObjectionOutcome outcome,
        Long approvedFen,
        Instant answeredAt,
        String answeredBy,
        String reason) {}
