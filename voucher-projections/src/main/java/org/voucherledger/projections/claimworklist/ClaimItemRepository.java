package org.voucherledger.projections.claimworklist;

import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads {@code view.claim_item}. */
interface ClaimItemRepository extends Repository<ClaimItemEntity, ClaimItemEntity.Key> {

    @Query("select i.item from ClaimItemEntity i where i.key.claimId = :claimId order by i.key.voucherId")
    List<ClaimItem> ofClaim(String claimId);
}
