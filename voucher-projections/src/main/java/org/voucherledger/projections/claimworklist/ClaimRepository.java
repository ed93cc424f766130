package org.voucherledger.projections.claimworklist;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads {@code view.claim}; a parameter that is {@code null} does not restrict. */
interface ClaimRepository extends Repository<ClaimEntity, String> {

    @Query("select c.claim from ClaimEntity c where c.id = :id")
    Optional<Claim> find(String id);

    @Query("""
            select c.claim from ClaimEntity c
            where c.id > :after
              and (:stage is null or c.claim.stage = :stage)
              and (:claimantId is null or c.claim.claimantId = :claimantId)
              and (:providerId is null or c.claim.providerId = :providerId)
              and (:batchId is null or c.claim.batchId = :batchId)
            order by c.id
            """)
    List<Claim> findAfter(
            String after, ClaimStage stage, String claimantId, String providerId, String batchId, Limit limit);
}
