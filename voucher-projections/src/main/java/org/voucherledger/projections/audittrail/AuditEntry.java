package org.voucherledger.projections.audittrail;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * An event in the trail (ALL-04).
 *
 * @param position its index in the log
 * @param sequence its place in its own stream
 * @param at the ledger's time of the command that caused it
 * @param schemeVersion {@code schemeId@version}, empty where none applies
 * @param payload the event as it was written, JSON
 */
public record AuditEntry(
        long position,
        String streamId,
        long sequence,
        String type,
        Instant at,
        String actor,
        String role,
        String onBehalfOf,
        String reason,
        String commandId,
        String schemeVersion,
        @JsonRawValue String payload) {}
