package org.voucherledger.projections.history;

import java.util.List;
import org.voucherledger.projections.audittrail.AuditEntry;
import tools.jackson.databind.JsonNode;

/**
 * A step in the life of a stream: the event with who, when, for whom, why and under which version, what it was decided by, what
 * it changed and what there was after it.
 *
 * @param trueSince since when it is true, a date or an instant, where that is not when it was stamped; else {@code null}
 * @param replaces the position at which the same stream had recorded what this step records otherwise; else {@code null}
 * @param decidedAt the position of the event that keeps the decisions, this one or an earlier one of the same command;
 *     {@code null} where nothing was decided
 * @param decisions what the command was decided by since its event before that one
 * @param beganAt the position of the command's first event that keeps decisions: what concerns the command as a whole is
 *     decided there
 * @param stateAfter as the domain folds it from this stream's events alone
 */
public record Step(
        AuditEntry event,
        String trueSince,
        Long replaces,
        Long decidedAt,
        Long beganAt,
        List<Decided> decisions,
        List<Change> changed,
        JsonNode stateAfter) {}
