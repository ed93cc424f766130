package org.voucherledger.benchmark.plainjpa;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface Applications extends Repository<Application, Long> {

    boolean existsByBatchIdAndEnterpriseId(String batchId, String enterpriseId);

    /** The next ones in the order of receipt. */
    @Query("from Application where batchId = :batchId and not granted order by position")
    List<Application> next(String batchId, Limit atMost);

    Application save(Application application);
}
