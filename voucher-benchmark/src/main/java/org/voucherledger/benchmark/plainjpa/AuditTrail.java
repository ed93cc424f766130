package org.voucherledger.benchmark.plainjpa;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface AuditTrail extends Repository<AuditEntry, Long> {

    Optional<AuditEntry> findByActorAndRequestKey(String actor, String requestKey);

    AuditEntry save(AuditEntry entry);
}
