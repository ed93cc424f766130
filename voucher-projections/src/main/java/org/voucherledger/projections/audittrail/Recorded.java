package org.voucherledger.projections.audittrail;

import org.voucherledger.domain.aggregate.DomainEvent;

/** An entry of the trail with the event that it tells of. */
public record Recorded(AuditEntry entry, DomainEvent event) {}
