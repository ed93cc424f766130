package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ObjectionOutcome;

/**
 * A challenge to a published item (GZ-42), and the bureau's reply to it.
 *
 * @param position where it was raised
 * @param outcome {@code null}, as is all that follows, until the bureau has replied
 * @param approvedFen what the reply left approved of the item
 */
@Embeddable
public record Objection(
        @Column(insertable = false, updatable = false) long position,
        String objectionId,
        String voucherId,
        String text,
        Instant objectedAt,
        String objectedBy,
        @Enumerated(EnumType.STRING) Role objectedRole,
        @Enumerated(EnumType.STRING) ObjectionOutcome outcome,
        Long approvedFen,
        Instant answeredAt,
        String answeredBy,
        String reason) {}
