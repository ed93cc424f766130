package org.voucherledger.projections.claimworklist;

import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads {@code view.objection}. */
interface ObjectionRepository extends Repository<ObjectionEntity, Long> {

    @Query("select o.objection from ObjectionEntity o where o.claimId = :claimId order by o.position")
    List<Objection> ofClaim(String claimId);
}
