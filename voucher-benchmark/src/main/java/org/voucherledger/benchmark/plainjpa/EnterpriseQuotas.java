package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface EnterpriseQuotas extends Repository<EnterpriseQuota, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from EnterpriseQuota where enterpriseId = :id")
    Optional<EnterpriseQuota> lock(String id);

    /** In one order, so that two who lock several never wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from EnterpriseQuota where enterpriseId in :ids order by enterpriseId")
    List<EnterpriseQuota> lock(Collection<String> ids);
}
